import type { Order } from './order.js';
import type { OrderParts } from './order-parts.js';
import { refuse } from './order-refusals.js';
import type { GatewayTrouble, PaymentState, RefundState } from './payment-gateway-port.js';
import type { RefundSending } from './refund-sending.js';
import type { Settling } from './settling.js';

/** An order, and what the platform says of it now. */
export interface Inquiry {
  order: Order;
  payment: PaymentState | GatewayTrouble;
  /** Of the refunds that the platform was asked for. */
  refunds: readonly { refundNo: string; state: RefundState | GatewayTrouble }[];
}

export interface OrderInquiryParts extends Pick<OrderParts, 'orders' | 'gateway'> {
  settling: Pick<Settling, 'check' | 'receive'>;
  sending: Pick<RefundSending, 'learn'>;
}

/** For staff who want to know: also of orders that are closed, and of refunds that have ended. */
export class OrderInquiry {
  readonly #parts: OrderInquiryParts;

  constructor(parts: OrderInquiryParts) {
    this.#parts = parts;
  }

  /**
   * What the platform says is taken in.
   * @throws UserError `no_such_order` · `payment_unavailable` · `amount_differs` · `other_payer` · `other_transaction`
   */
  async inquire(accountId: string, orderId: string): Promise<Inquiry> {
    const { orders, gateway, settling, sending } = this.#parts;
    if (!gateway.isReady(accountId)) throw refuse('payment_unavailable');
    const { orderNo, refunds } = await settling.check(accountId, orderId);
    const payment = await gateway.query(accountId, orderNo);
    if (payment.kind === 'paid') await settling.receive(accountId, orderNo, payment);
    const found: Inquiry['refunds'][number][] = [];
    for (const { refundNo, sentAt } of refunds) {
      if (!sentAt) continue;
      const state = await gateway.queryRefund(accountId, refundNo);
      if (state.kind !== 'trouble') await sending.learn(accountId, orderNo, refundNo, state);
      found.push({ refundNo, state });
    }
    const order = await orders.find(accountId, orderId);
    if (order === null) throw refuse('no_such_order');
    return { order, payment, refunds: found };
  }
}
