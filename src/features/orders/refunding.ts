import type { Actor } from '../../core/actor.js';
import { maskPersonalNumbers } from '../../core/mask-personal.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, Refund } from './order.js';
import { refundableMs, refundPauseMs, refundReasonLimit, refundsPerOrder } from './order-limits.js';
import { nextRefundNo, replaceRefund, withRefunds } from './order-money.js';
import { byTheProgram, changeOrder, dueAt, type OrderParts } from './order-parts.js';
import { refuse } from './order-refusals.js';
import type { Fen } from './payment-gateway-port.js';
import { nextRefundState } from './order-transitions.js';

export interface RefundOrder {
  accountId: string;
  orderId: string;
  amountFen: Fen;
  /** The payer reads it; at most 80 characters. */
  reason: string;
}

export interface RefundDecision {
  accountId: string;
  orderId: string;
  refundNo: string;
}

/** Decides about refunds: each is reserved from what was received before the platform hears of it. */
export class Refunding {
  readonly #parts: OrderParts;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  /**
   * By staff; on record. It waits for a second person where, with it, more than the settled amount of this order would
   * be paid back: many small refunds are no way around.
   *
   * @throws UserError `no_such_order` · `not_paid` · `bad_amount` · `bad_reason` · `refund_exceeds` ·
   *   `refund_too_late` · `too_many_refunds` · `refund_too_soon`
   */
  request(order: RefundOrder, actor: Actor): Promise<Order> {
    const { transactions, clock, approvalAboveFen } = this.#parts;
    return transactions.run(async (tx) => {
      const found = await this.#find(order, tx);
      const last = found.refunds.at(-1);
      if (last && clock.now() - last.requestedAt.getTime() < refundPauseMs) throw refuse('refund_too_soon');
      const state = found.promisedFen + order.amountFen > approvalAboveFen ? 'proposed' : 'requested';
      const after = await this.#reserve(tx, found, order, { requestedBy: actor.by, state });
      await this.#record(tx, actor, after, 'order.refund', order.reason);
      return after;
    });
  }

  /**
   * Within the transaction of a feature whose rules give money back; no second person is asked.
   * @throws UserError as `request`, except `refund_too_soon`: the platform is asked when it may be.
   */
  async requestWithin(tx: Transaction, order: RefundOrder): Promise<Order> {
    const found = await this.#find(order, tx);
    return this.#reserve(tx, found, order, { requestedBy: byTheProgram, state: 'requested' });
  }

  /**
   * By a person other than the one who asked; on record.
   * @throws UserError `no_such_order` · `no_such_refund` · `same_person` · `already_decided`
   */
  approve(decision: RefundDecision, actor: Actor): Promise<Order> {
    return this.#decide(decision, actor, 'approved');
  }

  /** Its money is kept. @throws UserError as `approve` */
  turnDown(decision: RefundDecision, actor: Actor, reason: string): Promise<Order> {
    return this.#decide(decision, actor, 'turned_down', readReason(reason));
  }

  #decide(
    decision: RefundDecision,
    actor: Actor,
    event: 'approved' | 'turned_down',
    reason?: string,
  ): Promise<Order> {
    const read = (tx: Transaction) => this.#find(decision, tx);
    return changeOrder(this.#parts, read, async (tx, order, now) => {
      const refund = order.refunds.find(({ refundNo }) => refundNo === decision.refundNo);
      if (!refund) throw refuse('no_such_refund');
      if (refund.state !== 'proposed') throw refuse('already_decided');
      if (event === 'approved' && refund.requestedBy.staffId === actor.by.staffId)
        throw refuse('same_person');
      const decided: Refund = {
        ...refund,
        state: nextRefundState(refund.state, event),
        approvedBy: actor.by,
        decidedAt: new Date(now),
        ...(reason !== undefined && { failure: { by: 'staff', reason, at: new Date(now) } }),
      };
      const after = withRefunds({ ...order, changedAt: new Date(now) }, replaceRefund(order, decided));
      const action = event === 'approved' ? 'order.refund_approve' : 'order.refund_turn_down';
      await this.#record(tx, actor, after, action, reason);
      return event === 'approved' ? dueAt(after, earliest(order.checkAt, new Date(now))) : after;
    });
  }

  async #reserve(
    tx: Transaction,
    order: Order,
    { amountFen, reason }: RefundOrder,
    who: Pick<Refund, 'requestedBy' | 'state'>,
  ): Promise<Order> {
    const { orders, clock } = this.#parts;
    const now = clock.now();
    const refund: Refund = {
      ...who,
      refundNo: nextRefundNo(order),
      amountFen: readAmount(amountFen),
      reason: readReason(reason),
      requestedAt: new Date(now),
    };
    if (order.state !== 'paid' || !order.paidAt) throw refuse('not_paid');
    if (now - order.paidAt.getTime() > refundableMs) throw refuse('refund_too_late');
    if (order.refunds.length >= refundsPerOrder) throw refuse('too_many_refunds');
    const checkAt = who.state === 'requested' ? refund.requestedAt : undefined;
    const after = await orders.reserveRefund(tx, order, refund, checkAt);
    if (after === null) throw refuse('refund_exceeds');
    return after;
  }

  async #find(
    { accountId, orderId }: { accountId: string; orderId: string },
    tx: Transaction,
  ): Promise<Order> {
    const found = await this.#parts.orders.find(accountId, orderId, tx);
    if (found === null) throw refuse('no_such_order');
    return found;
  }

  #record(
    tx: Transaction,
    actor: Actor,
    { accountId, orderId, promisedFen }: Order,
    action: string,
    reason?: string,
  ): Promise<void> {
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action,
      object: { kind: 'order', id: orderId },
      changes: [{ path: 'promisedFen', after: promisedFen }],
      ...(reason !== undefined && { reason: maskPersonalNumbers(reason) }),
    });
  }
}

function earliest(one: Date | undefined, other: Date): Date {
  return one && one < other ? one : other;
}

function readAmount(amountFen: Fen): Fen {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw refuse('bad_amount');
  return amountFen;
}

function readReason(reason: string): string {
  const read = reason.trim();
  if (read === '' || read.length > refundReasonLimit) throw refuse('bad_reason');
  return read;
}
