import { UserError } from '../../../core/errors.js';
import type { Activity, ActivityGroup } from '../activity.js';
import { planOf } from '../activity.js';
import type { PlanProblem } from './plan-problems.js';

/** What staff are refused with activities, and what they are told; with the HTTP status. */
const refusals = {
  no_such_activity: [404, '没有找到这个活动，可能已被删除'],
  already_published: [409, '这个活动已经发布，请用“修改已发布的活动”'],
  not_published: [409, '这个活动还没有发布'],
  already_cancelled: [409, '这个活动已经取消了'],
  activity_over: [409, '这个活动已经结束，不能再改'],
  same_person: [403, '最后修改的人不能自己发布，请另一个人看过再发布'],
  mode_fixed: [409, '发布以后不能改录取方式'],
  drawn_already: [409, '已经抽过签，不能再改报名时间'],
  refund_rules_fixed: [409, '已经有人报名，退款规则不能再改；要多退的可以在订单里单独退'],
  no_draw: [404, '这个活动没有抽签'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export function refuse(code: keyof typeof refusals): UserError {
  const [status, sentence] = refusals[code];
  return new UserError(code, sentence, { status });
}

/** Somebody else has changed it since this person read it. */
export function editedMeanwhile(theirs: Activity): UserError {
  const { updatedBy, updatedAt, revision } = theirs;
  return new UserError('edited_meanwhile', `${updatedBy.name} 刚刚改过这个活动，请先查看再修改`, {
    status: 409,
    details: {
      updatedBy: updatedBy.name,
      updatedAt: updatedAt.toISOString(),
      revision,
      plan: planOf(theirs),
    },
  });
}

export function notPublishable(problems: readonly PlanProblem[]): UserError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const message = errors.length === 1 && first ? first.message : `有 ${errors.length} 处要先改正`;
  return new UserError('not_publishable', message, { status: 422, details: { problems } });
}

export function groupInUse({ id, name }: ActivityGroup): UserError {
  return new UserError('group_in_use', `已经有人报了「${name}」，不能删掉这个组`, {
    status: 409,
    details: { groupId: id },
  });
}
