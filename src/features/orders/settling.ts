import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, Refund } from './order.js';
import { nextRefundNo, withRefunds } from './order-money.js';
import { byTheProgram, changeOrder, dueAt, type OrderParts } from './order-parts.js';
import { refuse } from './order-refusals.js';
import { nextOrderState } from './order-transitions.js';
import type { PaymentState } from './payment-gateway-port.js';
import { workThroughDue, type DueReport } from './work-through-due.js';

type Paid = Extract<PaymentState, { kind: 'paid' }>;

/** Between two questions about one order, in milliseconds; the longer it goes on, the longer. */
const shortestPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;

/** Finds out what became of orders that are to be paid. */
export class Settling {
  readonly #parts: OrderParts;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  /**
   * Takes in a payment, whether a callback or an answer tells of it; again: nothing happens. Where what was paid for is
   * gone, the money goes back in full.
   *
   * @throws UserError `no_such_order` · `amount_differs` · `other_payer` · `other_transaction`; nothing has changed.
   */
  receive(accountId: string, orderNo: string, payment: Paid): Promise<Order> {
    const { orders, subjects } = this.#parts;
    const read = (tx: Transaction) => orders.findByNo(accountId, orderNo, tx);
    return changeOrder(this.#parts, read, async (tx, order, now) => {
      refuseUnlessOf(order, payment);
      if (order.state === 'paid') return order;
      const paid = dueAt(
        {
          ...order,
          state: nextOrderState(order.state, 'paid'),
          receivedFen: payment.paidFen,
          transactionId: payment.transactionId,
          paidAt: payment.paidAt,
          changedAt: new Date(now),
        },
        undefined,
      );
      if ((await subjects.of(paid).paid(tx, paid)) === 'kept') return paid;
      return dueAt(withRefunds({ ...paid, paidLate: true }, [refundOfAll(paid, now)]), new Date(now));
    });
  }

  /**
   * Asks the platform what became of an order, and closes it there once its time is over.
   * @throws UserError as `receive`
   */
  async check(accountId: string, orderId: string): Promise<Order> {
    const order = await this.#find(accountId, orderId);
    return order.state === 'open' || order.state === 'closing' ? this.#ask(order) : order;
  }

  /** Within the transaction of a feature that gives up what was to be paid for. What is paid all the same comes as lost. */
  async askClosing(tx: Transaction, accountId: string, orderId: string): Promise<Order> {
    const { orders, clock } = this.#parts;
    const order = await orders.find(accountId, orderId, tx);
    if (order === null) throw refuse('no_such_order');
    if (order.state !== 'open') return order;
    const after = closing(order, clock.now());
    await orders.replace(tx, order, after);
    return after;
  }

  /** Deals with all that are due, of all accounts. */
  settleDue(signal: AbortSignal): Promise<DueReport> {
    return workThroughDue({
      list: (now, limit) => this.#parts.orders.listUnsettled(now, limit),
      work: (order) => this.#ask(order),
      postpone: (order) => this.#postpone(order),
      clock: this.#parts.clock,
      signal,
    });
  }

  async #ask(order: Order): Promise<Order> {
    const { gateway, clock } = this.#parts;
    const state = await gateway.query(order.accountId, order.orderNo);
    switch (state.kind) {
      case 'paid':
        return this.receive(order.accountId, order.orderNo, state);
      case 'closed':
        return this.#confirmClosed(order);
      case 'unpaid':
      case 'unknown_order': {
        const isOver = order.state === 'closing' || clock.now() >= order.payableUntil.getTime();
        return isOver ? this.#close(order) : this.#postpone(order);
      }
      case 'trouble':
        return this.#postpone(order);
    }
  }

  async #close(order: Order): Promise<Order> {
    const { gateway } = this.#parts;
    // Kept first: from now on nobody is handed the means to pay, so that a close that succeeds is the last word.
    const asked = await this.#change(order, (_tx, found, now) =>
      found.state === 'open' ? closing(found, now) : found,
    );
    if (asked.state !== 'closing') return asked;
    const outcome = await gateway.close(order.accountId, order.orderNo);
    if (outcome.kind === 'closed') return this.#confirmClosed(order);
    if (outcome.kind === 'trouble') return this.#postpone(order);
    const state = await gateway.query(order.accountId, order.orderNo);
    return state.kind === 'paid'
      ? this.receive(order.accountId, order.orderNo, state)
      : this.#postpone(order);
  }

  #confirmClosed(order: Order): Promise<Order> {
    return this.#change(order, async (tx, found, now) => {
      const state = nextOrderState(found.state, 'close_confirmed');
      if (state === found.state) return found;
      const closed = dueAt({ ...found, state, closedAt: new Date(now), changedAt: new Date(now) }, undefined);
      await this.#parts.subjects.of(closed).closed(tx, closed);
      return closed;
    });
  }

  #postpone(order: Order): Promise<Order> {
    return this.#change(order, (_tx, found, now) =>
      found.state === 'open' || found.state === 'closing' ? dueAt(found, nextCheck(found, now)) : found,
    );
  }

  #change(
    { accountId, orderId }: Order,
    decide: (tx: Transaction, order: Order, now: number) => Order | Promise<Order>,
  ): Promise<Order> {
    return changeOrder(this.#parts, (tx) => this.#parts.orders.find(accountId, orderId, tx), decide);
  }

  async #find(accountId: string, orderId: string): Promise<Order> {
    const order = await this.#parts.orders.find(accountId, orderId);
    if (order === null) throw refuse('no_such_order');
    return order;
  }
}

/** When an order is asked after next: soon at first, and as soon as its time is over. */
export function nextCheck(order: Order, now: number): Date {
  const over = order.payableUntil.getTime();
  return order.state === 'open' && now < over
    ? new Date(Math.min(now + pauseAfter(now - order.createdAt.getTime()), over))
    : new Date(now + pauseAfter(now - over));
}

function pauseAfter(elapsedMs: number): number {
  return Math.min(Math.max(elapsedMs, shortestPauseMs), longestPauseMs);
}

function closing(order: Order, now: number): Order {
  return dueAt(
    { ...order, state: nextOrderState(order.state, 'closing_asked'), changedAt: new Date(now) },
    new Date(now),
  );
}

function refuseUnlessOf(order: Order, payment: Paid): void {
  if (payment.openid !== order.openid) throw refuse('other_payer');
  if (payment.paidFen !== order.amountFen) throw refuse('amount_differs');
  if (order.transactionId !== undefined && order.transactionId !== payment.transactionId)
    throw refuse('other_transaction');
}

function refundOfAll(order: Order, now: number): Refund {
  return {
    refundNo: nextRefundNo(order),
    amountFen: order.receivedFen,
    reason: '名额已满或已取消，款项退回',
    state: 'requested',
    requestedBy: byTheProgram,
    requestedAt: new Date(now),
  };
}
