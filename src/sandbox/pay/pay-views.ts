import { beijingTime } from './beijing-time.js';
import type { TradeState } from './pay-book.js';
import type { PayOrder, PayRefund } from './pay-state.js';

const stateWords: Readonly<Record<TradeState, string>> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  CLOSED: '订单已关闭',
};

/** An order as queries answer it and callbacks carry it. */
export function viewTransaction(
  order: PayOrder,
  merchant: { appId: string; mchId: string },
  state: TradeState,
): Record<string, unknown> & { amount: Record<string, unknown> } {
  const { payment } = order;
  return {
    appid: merchant.appId,
    mchid: merchant.mchId,
    out_trade_no: order.outTradeNo,
    ...(payment && {
      transaction_id: payment.transactionId,
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      success_time: beijingTime(payment.at),
    }),
    trade_state: state,
    trade_state_desc: stateWords[state],
    attach: order.attach ?? '',
    payer: { openid: order.openid },
    amount: {
      total: order.total,
      currency: 'CNY',
      ...(payment && { payer_total: order.total, payer_currency: 'CNY' }),
    },
  };
}

/** A refund as its request and queries are answered. */
export function viewRefund(refund: PayRefund): object {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...successTime(refund),
    create_time: beijingTime(refund.createdAt),
    status: refund.status,
    funds_account: 'UNSETTLED',
    amount: {
      total: refund.total,
      refund: refund.refund,
      from: [],
      payer_total: refund.total,
      payer_refund: refund.refund,
      settlement_refund: refund.refund,
      settlement_total: refund.total,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** A refund as its callback carries it. */
export function viewRefundEvent(
  refund: PayRefund,
  mchId: string,
): Record<string, unknown> & { amount: Record<string, unknown> } {
  return {
    mchid: mchId,
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    ...successTime(refund),
    user_received_account: '支付用户零钱',
    amount: {
      total: refund.total,
      refund: refund.refund,
      payer_total: refund.total,
      payer_refund: refund.refund,
    },
  };
}

function successTime({ status, settledAt }: PayRefund): { success_time?: string } {
  return status === 'SUCCESS' && settledAt !== null ? { success_time: beijingTime(settledAt) } : {};
}
