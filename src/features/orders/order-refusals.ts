import { UserError } from '../../core/errors.js';

/** What the desk refuses, and what it says to whoever asked; with the HTTP status. */
const refusals = {
  no_such_order: [404, '没有找到这笔订单'],
  order_closed: [409, '这笔订单已过支付时间，请重新下单'],
  already_paid: [409, '这笔订单已经支付过了'],
  payment_unavailable: [503, '暂时不能在线支付，请稍后再试或联系我们'],
  payment_busy: [503, '微信支付暂时没有回应，请稍后再试'],
  amount_differs: [409, '金额与订单不一致'],
  other_payer: [409, '付款人与订单不一致'],
  other_transaction: [409, '这笔订单已由另一笔支付付清'],
  not_paid: [409, '这笔订单没有收到付款，不能退款'],
  bad_amount: [400, '退款金额应大于 0，最多两位小数'],
  bad_reason: [400, '请写明退款原因，最多 80 个字'],
  refund_exceeds: [409, '退款金额超过了可退的余额'],
  refund_too_late: [409, '付款已超过 365 天，不能再退到原支付账户'],
  too_many_refunds: [409, '这笔订单已退款 50 次，不能再退'],
  refund_too_soon: [409, '同一笔订单两次退款要间隔一分钟，请稍后再退'],
  no_such_refund: [404, '没有找到这笔退款'],
  same_person: [403, '退款要由另一个人复核'],
  not_reconciled: [404, '这一天还没有核对过账单'],
  no_such_difference: [404, '没有找到这条差异，请刷新后再看'],
  bill_not_ready: [409, '这一天的账单还没有出来，第二天上午十点以后再核对'],
  bill_busy: [503, '现在取不到微信支付的账单，请稍后再试'],
  already_decided: [409, '这笔退款已经处理过了'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type OrderRefusal = keyof typeof refusals;

export function refuse(code: OrderRefusal, cause?: string): UserError {
  const [status, sentence] = refusals[code];
  return new UserError(code, sentence, { status, ...(cause !== undefined && { cause }) });
}
