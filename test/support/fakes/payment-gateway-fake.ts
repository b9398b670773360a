import type {
  BillLine,
  GatewayTrouble,
  PayableOrder,
  PaymentGateway,
  PaymentState,
  RefundRequest,
  RefundState,
} from '../../../src/features/orders/payment-gateway-port.js';

interface RefundThere {
  orderNo: string;
  amountFen: number;
  state: RefundState;
}

const trouble: GatewayTrouble = { kind: 'trouble', reason: 'SYSTEM_ERROR', wasDone: 'maybe' };

/** WeChat Pay as a ledger: what it holds is the truth that our records are compared with. */
export class PaymentGatewayFake implements PaymentGateway {
  readonly orders = new Map<string, { order: PayableOrder; state: PaymentState }>();
  readonly refunds = new Map<string, RefundThere>();
  readonly bills = new Map<string, BillLine[]>();
  readonly refundRequests: RefundRequest[] = [];
  prepared = 0;
  /** `before`: requests do not arrive. `after`: they arrive, their answers do not. */
  failing: 'no' | 'before' | 'after' = 'no';
  refusing: string | null = null;
  /** Sees each refund that is asked for, as it arrives. */
  onRefund: (request: RefundRequest) => void = () => {};

  isReady(): boolean {
    return true;
  }

  prepare(order: PayableOrder): ReturnType<PaymentGateway['prepare']> {
    return this.#exchange(() => {
      if (this.refusing !== null) return { kind: 'refused', reason: this.refusing };
      const known = this.orders.get(order.orderNo)?.state;
      if (known?.kind === 'paid' || known?.kind === 'closed') return { kind: known.kind };
      this.orders.set(order.orderNo, { order, state: { kind: 'unpaid' } });
      this.prepared += 1;
      return { kind: 'ready', prepayId: `wx-${order.orderNo}` };
    });
  }

  async sign(_accountId: string, prepayId: string) {
    return {
      appId: 'wx0',
      timeStamp: '1',
      nonceStr: 'n',
      package: `prepay_id=${prepayId}`,
      signType: 'RSA',
      paySign: 's',
    } as const;
  }

  query(_accountId: string, orderNo: string): ReturnType<PaymentGateway['query']> {
    return this.#exchange(() => this.orders.get(orderNo)?.state ?? { kind: 'unknown_order' });
  }

  close(_accountId: string, orderNo: string): ReturnType<PaymentGateway['close']> {
    return this.#exchange(() => {
      const known = this.orders.get(orderNo);
      if (known?.state.kind === 'paid') return { kind: 'paid' };
      if (known) known.state = { kind: 'closed' };
      return { kind: 'closed' };
    });
  }

  refund(request: RefundRequest): ReturnType<PaymentGateway['refund']> {
    return this.#exchange(() => {
      this.refundRequests.push(request);
      this.onRefund(request);
      const { orderNo, refundNo, refundFen } = request;
      // The platform looks at who asks before it looks at what is asked.
      if (this.refusing !== null) return { kind: 'refused', reason: this.refusing };
      const known = this.refunds.get(refundNo);
      if (known) return known.state;
      const state = this.orders.get(orderNo)?.state;
      if (state?.kind !== 'paid' || this.refundedFen(orderNo) + refundFen > state.paidFen)
        return { kind: 'refused', reason: 'INVALID_REQUEST' };
      this.refunds.set(refundNo, { orderNo, amountFen: refundFen, state: { kind: 'processing' } });
      return { kind: 'processing' };
    });
  }

  queryRefund(_accountId: string, refundNo: string): ReturnType<PaymentGateway['queryRefund']> {
    return this.#exchange(() => this.refunds.get(refundNo)?.state ?? { kind: 'unknown_refund' });
  }

  readBill(_accountId: string, day: string): ReturnType<PaymentGateway['readBill']> {
    const lines = this.bills.get(day);
    return this.#exchange(() => (lines ? { kind: 'bill', lines } : { kind: 'not_yet' }));
  }

  readCallback(): never {
    throw new Error('callbacks are handed to the desk as they are');
  }

  /** The citizen pays; undefined where the platform would not let them. */
  pay(orderNo: string, at: number): Extract<PaymentState, { kind: 'paid' }> | undefined {
    const known = this.orders.get(orderNo);
    if (known?.state.kind === 'paid') return known.state;
    if (known?.state.kind !== 'unpaid' || at >= known.order.payableUntil.getTime()) return undefined;
    const paid = {
      kind: 'paid',
      transactionId: `t-${orderNo}`,
      paidFen: known.order.amountFen,
      openid: known.order.openid,
      paidAt: new Date(at),
    } as const;
    known.state = paid;
    return paid;
  }

  /** The password was being typed when the order was closed. */
  payLate(orderNo: string, at: number): boolean {
    const known = this.orders.get(orderNo);
    if (known?.state.kind !== 'closed') return false;
    known.state = { kind: 'unpaid' };
    return this.pay(orderNo, Math.min(at, known.order.payableUntil.getTime() - 1)) !== undefined;
  }

  endRefund(refundNo: string, how: 'succeeded' | 'closed' | 'abnormal', at: number): RefundState {
    const refund = this.refunds.get(refundNo)!;
    const isFinal = refund.state.kind === 'succeeded' || refund.state.kind === 'closed';
    if (!isFinal)
      refund.state =
        how === 'succeeded'
          ? { kind: how, refundId: `r-${refundNo}`, refundedFen: refund.amountFen, at: new Date(at) }
          : { kind: how };
    return refund.state;
  }

  /** What has left, or may leave, the merchant's account for an order. */
  refundedFen(orderNo: string): number {
    return [...this.refunds.values()]
      .filter((refund) => refund.orderNo === orderNo && refund.state.kind !== 'closed')
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  async #exchange<Answer>(work: () => Answer): Promise<Answer | GatewayTrouble> {
    if (this.failing === 'before') return trouble;
    const answer = work();
    return this.failing === 'after' ? trouble : answer;
  }
}
