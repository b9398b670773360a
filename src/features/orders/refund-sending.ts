import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, Refund } from './order.js';
import { refundPauseMs } from './order-limits.js';
import { replaceRefund, withRefunds } from './order-money.js';
import { changeOrder, dueAt, type OrderParts } from './order-parts.js';
import { refuse } from './order-refusals.js';
import { nextRefundState, type RefundEvent } from './order-transitions.js';
import type { GatewayRefusal, RefundState } from './payment-gateway-port.js';
import { workThroughDue, type DueReport } from './work-through-due.js';

/** Between two questions about one refund, in milliseconds; the longer it goes on, the longer. */
const longestPauseMs = 60 * 60_000;
/** A person has to act at the platform first. */
const abnormalPauseMs = 12 * 60 * 60_000;

/** Takes refunds to the platform and finds out what became of them. */
export class RefundSending {
  readonly #parts: OrderParts;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  /**
   * Takes in where a refund stands, whether a callback or an answer tells of it; again: nothing happens.
   * @throws UserError `no_such_order` · `no_such_refund` · `amount_differs`; nothing has changed.
   */
  learn(
    accountId: string,
    orderNo: string,
    refundNo: string,
    state: RefundState | GatewayRefusal,
  ): Promise<Order> {
    const { orders, subjects } = this.#parts;
    const read = (tx: Transaction) => orders.findByNo(accountId, orderNo, tx);
    return changeOrder(this.#parts, read, async (tx, order, now) => {
      const refund = findRefund(order, refundNo);
      if (state.kind === 'succeeded' && state.refundedFen !== refund.amountFen)
        throw refuse('amount_differs');
      const next = nextRefundState(refund.state, eventOf(state));
      if (next === refund.state) return order;
      const { failure: _failure, trouble: _trouble, ...rest } = refund;
      const learnt: Refund = {
        ...rest,
        state: next,
        ...(state.kind === 'succeeded' && { refundId: state.refundId, settledAt: state.at }),
        ...(next === 'failed' && { failure: { by: 'platform', code: codeOf(state), at: new Date(now) } }),
      };
      const changed = withRefunds({ ...order, changedAt: new Date(now) }, replaceRefund(order, learnt));
      const after = dueAt(changed, nextRefundCheck(changed, now));
      if (next === 'succeeded' || next === 'failed' || next === 'abnormal')
        await subjects.of(after).refundEnded(tx, after, learnt);
      return after;
    });
  }

  /** Brings on all refunds that are due, of all accounts. */
  followDue(signal: AbortSignal): Promise<DueReport> {
    return workThroughDue({
      list: (now, limit) => this.#parts.orders.listRefunding(now, limit),
      work: async (order) => {
        for (const refund of order.refunds) await this.#follow(order, refund);
        await this.#postpone(order);
      },
      postpone: (order) => this.#postpone(order),
      clock: this.#parts.clock,
      signal,
    });
  }

  async #follow(order: Order, refund: Refund): Promise<void> {
    if (refund.state === 'requested') await this.#send(order, refund);
    if (refund.state === 'processing' || refund.state === 'abnormal') await this.#ask(order, refund);
  }

  async #send({ accountId, orderNo, amountFen }: Order, refund: Refund): Promise<void> {
    const { refundNo } = refund;
    const marked = await this.#markSent(accountId, orderNo, refundNo);
    if (!marked) return;
    const answer = await this.#parts.gateway.refund({
      accountId,
      orderNo,
      refundNo,
      refundFen: refund.amountFen,
      totalFen: amountFen,
      reason: refund.reason,
    });
    if (answer.kind === 'trouble') return this.#noteTrouble(accountId, orderNo, refundNo, answer.reason);
    // Refused now, although it may have been taken when it was first asked for: then only the question decides.
    if (answer.kind === 'refused' && refund.sentAt)
      return this.#askAfterRefusal(accountId, orderNo, refundNo, answer);
    await this.learn(accountId, orderNo, refundNo, answer);
  }

  async #askAfterRefusal(
    accountId: string,
    orderNo: string,
    refundNo: string,
    refusal: GatewayRefusal,
  ): Promise<void> {
    const state = await this.#parts.gateway.queryRefund(accountId, refundNo);
    if (state.kind === 'trouble') return;
    await this.learn(accountId, orderNo, refundNo, state.kind === 'unknown_refund' ? refusal : state);
  }

  /** For staff: some of it ends only when a person does something, such as an account without money. */
  async #noteTrouble(accountId: string, orderNo: string, refundNo: string, code: string): Promise<void> {
    await changeOrder(
      this.#parts,
      (tx) => this.#parts.orders.findByNo(accountId, orderNo, tx),
      (_tx, order, now) => {
        const refund = findRefund(order, refundNo);
        if (refund.state !== 'requested') return order;
        const trouble = { code, at: new Date(now) };
        return { ...order, refunds: replaceRefund(order, { ...refund, trouble }) };
      },
    );
  }

  async #ask({ accountId, orderNo }: Order, { refundNo }: Refund): Promise<void> {
    const state = await this.#parts.gateway.queryRefund(accountId, refundNo);
    if (state.kind !== 'trouble') await this.learn(accountId, orderNo, refundNo, state);
  }

  /** Keeps two refunds of an order a minute apart. @returns false: not now. */
  async #markSent(accountId: string, orderNo: string, refundNo: string): Promise<boolean> {
    let isMarked = false;
    await changeOrder(
      this.#parts,
      (tx) => this.#parts.orders.findByNo(accountId, orderNo, tx),
      (_tx, order, now) => {
        const refund = findRefund(order, refundNo);
        const isTooSoon = order.refunds.some(
          (other) => other !== refund && other.sentAt && now - other.sentAt.getTime() < refundPauseMs,
        );
        isMarked = refund.state === 'requested' && (refund.sentAt !== undefined || !isTooSoon);
        if (!isMarked || refund.sentAt) return order;
        return { ...order, refunds: replaceRefund(order, { ...refund, sentAt: new Date(now) }) };
      },
    );
    return isMarked;
  }

  #postpone({ accountId, orderId }: Order): Promise<Order> {
    return changeOrder(
      this.#parts,
      (tx) => this.#parts.orders.find(accountId, orderId, tx),
      (_tx, order, now) => dueAt(order, nextRefundCheck(order, now)),
    );
  }
}

function findRefund(order: Order, refundNo: string): Refund {
  const refund = order.refunds.find((one) => one.refundNo === refundNo);
  if (!refund) throw refuse('no_such_refund');
  return refund;
}

function eventOf({ kind }: RefundState | GatewayRefusal): RefundEvent {
  return kind;
}

function codeOf(state: RefundState | GatewayRefusal): string | null {
  return state.kind === 'refused' ? state.reason : null;
}

/** When the refunds of an order are looked after next; undefined: all have ended. */
function nextRefundCheck({ refunds }: Order, now: number): Date | undefined {
  const pauses = refunds.flatMap((refund) => pauseOf(refund, now) ?? []);
  return pauses.length > 0 ? new Date(now + Math.min(...pauses)) : undefined;
}

function pauseOf({ state, sentAt }: Refund, now: number): number | undefined {
  switch (state) {
    case 'requested':
    case 'processing': {
      const elapsed = sentAt ? now - sentAt.getTime() : 0;
      return Math.min(Math.max(elapsed, refundPauseMs), longestPauseMs);
    }
    case 'abnormal':
      return abnormalPauseMs;
    case 'proposed':
    case 'succeeded':
    case 'failed':
      return undefined;
  }
}
