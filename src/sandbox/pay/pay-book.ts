import { randomText } from '../random-text.js';
import { orderRules, refundRules } from './pay-limits.js';
import { PayRefusal } from './pay-refusal.js';
import { wrongField, type PlaceOrderRequest, type RefundRequest } from './pay-requests.js';
import type { PayOrder, PayRefund, PayState } from './pay-state.js';

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';

/** A merchant's orders and refunds, with the platform's rules about them. Times: milliseconds since the epoch, UTC. */
export class PayBook {
  readonly #state: PayState;
  readonly #random: () => number;
  readonly #orders: Map<string, PayOrder>;
  readonly #refunds: Map<string, PayRefund>;

  constructor(state: PayState, random: () => number) {
    this.#state = state;
    this.#random = random;
    this.#orders = new Map(state.orders.map((order) => [order.outTradeNo, order]));
    this.#refunds = new Map(state.refunds.map((refund) => [refund.outRefundNo, refund]));
  }

  get orders(): readonly PayOrder[] {
    return this.#state.orders;
  }

  get refunds(): readonly PayRefund[] {
    return this.#state.refunds;
  }

  /**
   * A repeat with the same content is the same order; its `prepay_id` is renewed after two hours.
   * @throws PayRefusal PARAM_ERROR, ORDERPAID, ORDER_CLOSED, OUT_TRADE_NO_USED
   */
  place(request: PlaceOrderRequest, now: number): PayOrder {
    const known = this.#orders.get(request.out_trade_no);
    if (known) return this.#placeAgain(known, request, now);
    const payableUntil = request.time_expire ? Date.parse(request.time_expire) : now + orderRules.payableMs;
    if (payableUntil <= now) throw wrongField('/time_expire', 'time_expire is in the past');
    const order: PayOrder = {
      outTradeNo: request.out_trade_no,
      ...contentOf(request),
      payableUntil,
      closed: false,
      ...this.#newPrepayId(now),
      createdAt: now,
      payment: null,
    };
    this.#orders.set(order.outTradeNo, order);
    this.#state.orders.push(order);
    return order;
  }

  /** @throws PayRefusal ORDER_NOT_EXIST */
  find(outTradeNo: string): PayOrder {
    const order = this.#orders.get(outTradeNo);
    if (!order) throw new PayRefusal('ORDER_NOT_EXIST');
    return order;
  }

  /** @throws PayRefusal ORDER_NOT_EXIST */
  findByTransaction(transactionId: string): PayOrder {
    const order = this.orders.find(({ payment }) => payment?.transactionId === transactionId);
    if (!order) throw new PayRefusal('ORDER_NOT_EXIST');
    return order;
  }

  findByPrepayId(prepayId: string): PayOrder | undefined {
    return this.orders.find((order) => order.prepayId === prepayId);
  }

  stateOf(order: PayOrder): TradeState {
    if (order.closed) return 'CLOSED';
    if (!order.payment) return 'NOTPAY';
    return this.#refundsOf(order).some(({ status }) => status !== 'CLOSED') ? 'REFUND' : 'SUCCESS';
  }

  /** @throws PayRefusal ORDER_NOT_EXIST, ORDERPAID, ORDER_CLOSED */
  close(outTradeNo: string): void {
    const order = this.find(outTradeNo);
    if (order.payment) throw new PayRefusal('ORDERPAID');
    if (order.closed) throw new PayRefusal('ORDER_CLOSED');
    order.closed = true;
  }

  /** Why nobody can pay the order now. */
  whyUnpayable(order: PayOrder, now: number): 'paid' | 'closed' | 'expired' | null {
    if (order.payment) return 'paid';
    if (order.closed) return 'closed';
    const isOver = now >= order.payableUntil || now >= order.prepaidAt + orderRules.prepayLifeMs;
    return isOver ? 'expired' : null;
  }

  pay(order: PayOrder, now: number): void {
    order.payment = { transactionId: `42000${randomText(this.#random, 23, digits)}`, at: now };
  }

  /**
   * Accepts a refund, or finds the one with this number.
   * @throws PayRefusal RESOURCE_NOT_EXISTS, INVALID_REQUEST, FREQUENCY_LIMITED
   */
  requestRefund(request: RefundRequest, now: number): { refund: PayRefund; isNew: boolean } {
    const order = this.#findRefundable(request);
    const known = this.#refunds.get(request.out_refund_no);
    if (known) {
      const isSame =
        known.outTradeNo === order.outTradeNo &&
        known.refund === request.amount.refund &&
        known.total === request.amount.total;
      if (!isSame) throw invalid('订单退款号已存在，参数与原请求不一致');
      return { refund: known, isNew: false };
    }
    const { payment } = order;
    if (!payment) throw invalid('订单未支付，不能退款');
    this.#checkRefund(order, payment.at, request, now);
    const refund: PayRefund = {
      outRefundNo: request.out_refund_no,
      refundId: `50000${randomText(this.#random, 23, digits)}`,
      outTradeNo: order.outTradeNo,
      transactionId: payment.transactionId,
      reason: request.reason ?? null,
      notifyUrl: request.notify_url ?? null,
      refund: request.amount.refund,
      total: request.amount.total,
      status: 'PROCESSING',
      createdAt: now,
      dueAt: null,
      settledAt: null,
    };
    this.#refunds.set(refund.outRefundNo, refund);
    this.#state.refunds.push(refund);
    return { refund, isNew: true };
  }

  /** @throws PayRefusal RESOURCE_NOT_EXISTS */
  findRefund(outRefundNo: string): PayRefund {
    const refund = this.#refunds.get(outRefundNo);
    if (!refund) throw new PayRefusal('RESOURCE_NOT_EXISTS', { message: '退款单不存在' });
    return refund;
  }

  #placeAgain(order: PayOrder, request: PlaceOrderRequest, now: number): PayOrder {
    if (order.payment) throw new PayRefusal('ORDERPAID');
    if (order.closed) throw new PayRefusal('ORDER_CLOSED');
    const content = Object.entries(contentOf(request));
    const before = new Map<string, unknown>(Object.entries(order));
    if (content.some(([name, value]) => before.get(name) !== value))
      throw new PayRefusal('OUT_TRADE_NO_USED');
    if (now >= order.prepaidAt + orderRules.prepayLifeMs) Object.assign(order, this.#newPrepayId(now));
    return order;
  }

  #newPrepayId(now: number): Pick<PayOrder, 'prepayId' | 'prepaidAt'> {
    return { prepayId: `wx${randomText(this.#random, 34, digits)}`, prepaidAt: now };
  }

  #findRefundable({ transaction_id, out_trade_no = '' }: RefundRequest): PayOrder {
    try {
      return transaction_id === undefined ? this.find(out_trade_no) : this.findByTransaction(transaction_id);
    } catch {
      throw new PayRefusal('RESOURCE_NOT_EXISTS', { message: '订单不存在' });
    }
  }

  #checkRefund(order: PayOrder, paidAt: number, { amount }: RefundRequest, now: number): void {
    if (amount.total !== order.total) throw invalid('订单金额与原支付不一致');
    if (now > paidAt + refundRules.withinMs) throw invalid('订单已超过可退款的最大期限');
    const standing = this.#refundsOf(order).filter(({ status }) => status !== 'CLOSED');
    const promised = standing.reduce((sum, { refund }) => sum + refund, 0);
    if (promised + amount.refund > order.total) throw invalid('申请退款金额超过订单可退金额');
    const isPart = amount.refund < order.total;
    if (isPart && standing.length >= refundRules.partsAtMost) throw invalid('部分退款次数超过50次');
    const last = Math.max(...this.#refundsOf(order).map(({ createdAt }) => createdAt));
    if (now - last < refundRules.apartMs)
      throw new PayRefusal('FREQUENCY_LIMITED', { message: '同一笔订单多次退款的请求需相隔1分钟' });
  }

  #refundsOf({ outTradeNo }: PayOrder): PayRefund[] {
    return this.refunds.filter((refund) => refund.outTradeNo === outTradeNo);
  }
}

const digits = '0123456789';

/** What must be the same when an order is placed again. */
function contentOf(
  request: PlaceOrderRequest,
): Pick<PayOrder, 'description' | 'attach' | 'notifyUrl' | 'total' | 'openid' | 'timeExpire'> {
  return {
    description: request.description,
    attach: request.attach ?? null,
    notifyUrl: request.notify_url,
    total: request.amount.total,
    openid: request.payer.openid,
    timeExpire: request.time_expire ?? null,
  };
}

function invalid(message: string): PayRefusal {
  return new PayRefusal('INVALID_REQUEST', { message });
}
