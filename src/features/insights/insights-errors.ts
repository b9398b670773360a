import { UserError } from '../../core/errors.js';
import type { UnansweredGroup } from './unanswered.js';

export function groupNotFound(id: string): UserError {
  return new UserError('group_not_found', `没有编号为 ${id} 的问题`, { status: 404, details: { id } });
}

/** Somebody else has decided about it, or opened it again, in between. */
export function groupChanged({ id, state, decision }: UnansweredGroup): UserError {
  const who = decision?.by.name ?? '同事';
  const did = { open: '重新打开', attached: '归入', dismissed: '忽略' }[state];
  return new UserError('group_changed', `${who} 刚刚${did}了这一组，请刷新后再看`, {
    status: 409,
    details: { id, state, by: who },
  });
}

export function groupNotDecided(id: string): UserError {
  return new UserError('group_not_decided', '这一组还没有处理过', { status: 409, details: { id } });
}

export function nothingToAttach(id: string): UserError {
  return new UserError('nothing_to_attach', `${id} 只有号码，没有可以加入的问法`, {
    status: 422,
    details: { id },
  });
}
