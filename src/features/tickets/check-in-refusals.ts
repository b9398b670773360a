import { UserError } from '../../core/errors.js';

/** What the door refuses, and what it says to whoever stands there; with the HTTP status. */
const refusals = {
  bad_ticket: [404, '不是有效的票：请核对是不是本次活动的票，或改输票上的票号'],
  other_activity: [409, '这是另一场活动的票'],
  other_day: [409, '这张票不是今天的'],
  too_early: [409, '还没有到入场时间'],
  too_late: [409, '活动已经结束'],
  ticket_revoked: [409, '这张票已作废'],
  already_in: [409, '这张票已经入过场'],
  check_in_closed: [409, '这场活动现在不检票'],
  other_gate: [409, '这张票归另一个口验，请到那里，或稍等'],
  no_such_check_in: [404, '没有找到这次入场'],
  already_undone: [409, '这次入场已经撤销过了'],
  reason_missing: [400, '请写明原因'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type CheckInRefusal = keyof typeof refusals;

/** @param sentence where the usual one says too little. */
export function refuseCheckIn(
  code: CheckInRefusal,
  sentence?: string,
  details: Record<string, unknown> = {},
): UserError {
  const [status, usual] = refusals[code];
  return new UserError(code, sentence ?? usual, { status, details });
}
