import { UserError } from '../../core/errors.js';

export function groupNotFound(id: string): UserError {
  return new UserError('group_not_found', `没有编号为 ${id} 的问题`, { status: 404, details: { id } });
}

export function targetNotFound(name: string): UserError {
  return new UserError('target_not_found', `内容里没有 ${name}`, { status: 422, details: { target: name } });
}

export function noContent(accountId: string): UserError {
  return new UserError('no_content', `${accountId} 还没有内容`, { status: 404, details: { accountId } });
}

export function nothingToAttach(id: string): UserError {
  return new UserError('nothing_to_attach', `${id} 只有号码，没有可以加入的问法`, {
    status: 422,
    details: { id },
  });
}
