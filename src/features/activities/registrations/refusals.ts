import { UserError } from '../../../core/errors.js';

/** What the desk refuses, and what it says to whoever asked; with the HTTP status. */
const refusals = {
  no_such_activity: [404, '没有找到这个活动'],
  no_such_group: [404, '没有这个组别，请重新选择'],
  not_open_yet: [409, '报名还没有开始，请过些时候再来'],
  registration_closed: [409, '报名已经截止'],
  activity_cancelled: [409, '这个活动已取消'],
  form_changed: [409, '报名表刚刚有变动，请核对后重新提交'],
  bad_answer: [400, '有一项没有填对，请核对后再填'],
  bad_request_key: [400, '请求编号不对，请刷新后重试'],
  consent_missing: [400, '请先阅读并同意个人信息使用说明'],
  condition_unmet: [409, '不符合这个组别的报名条件'],
  person_limit: [409, '您的报名次数已达上限'],
  shift_overlap: [409, '与您已报的时间有重叠，请换一个时间'],
  group_full: [409, '名额已满'],
  no_such_registration: [404, '没有找到这个报名'],
  offer_lapsed: [409, '这个名额已过了保留时间'],
  not_changeable: [409, '这个报名现在不能这样改'],
  payment_unavailable: [503, '暂时不能在线支付，请稍后再试或联系我们'],
  already_decided: [409, '这个报名已经处理过了'],
  not_drawn_yet: [409, '还没有抽签，抽中以后再审核'],
  not_by_lots: [409, '这个活动不抽签'],
  not_closed_yet: [409, '报名截止以后才能抽签'],
  reason_missing: [400, '请写明原因'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type RegistrationRefusal = keyof typeof refusals;

/** @param sentence where the usual one says too little. */
export function refuse(
  code: RegistrationRefusal,
  sentence?: string,
  details?: Record<string, unknown>,
): UserError {
  const [status, usual] = refusals[code];
  return new UserError(code, sentence ?? usual, { status, ...(details && { details }) });
}

/** @throws UserError `reason_missing` */
export function readReason(reason: string): string {
  const read = reason.trim();
  if (read === '') throw refuse('reason_missing');
  return read;
}
