import type { Actor } from '../../core/actor.js';
import { OperationalError } from '../../core/errors.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, OrderSubjectRef, RefundStateName } from './order.js';
import { OrderInquiry, type Inquiry } from './order-inquiry.js';
import { descriptionLimit, prepaidMs } from './order-limits.js';
import { changeOrder, dueAt, type OrderParts } from './order-parts.js';
import { refuse } from './order-refusals.js';
import type { OrderCursor, OrderSelection } from './order-store.js';
import type { OrderSubject } from './order-subject.js';
import type { BridgeParameters, Fen, PaymentEvent } from './payment-gateway-port.js';
import { Refunding, type RefundDecision, type RefundOrder } from './refunding.js';
import { RefundSending } from './refund-sending.js';
import { nextCheck, Settling } from './settling.js';
import type { DueReport } from './work-through-due.js';

export interface NewOrder {
  accountId: string;
  openid: string;
  subject: OrderSubjectRef;
  /** 1–127 characters; the payer reads it. */
  description: string;
  /** At least 1. */
  amountFen: Fen;
  /** UTC; in the future. */
  payableUntil: Date;
}

/** Time that is left of a prepayment when it is still handed out, for the payer to type a password. */
const prepaidMarginMs = 10 * 60_000;

/**
 * Orders: what citizens are asked to pay, what came of it, and what was paid back. At every moment
 * received = kept + refunded or on its way back; every step may be repeated.
 */
export class OrderDesk {
  readonly #parts: OrderParts;
  readonly #settling: Settling;
  readonly #refunding: Refunding;
  readonly #sending: RefundSending;
  readonly #inquiry: OrderInquiry;

  constructor(parts: OrderParts) {
    this.#parts = parts;
    this.#settling = new Settling(parts);
    this.#refunding = new Refunding(parts);
    this.#sending = new RefundSending(parts);
    this.#inquiry = new OrderInquiry({ ...parts, settling: this.#settling, sending: this.#sending });
  }

  /** Before anything is settled. */
  register(subject: OrderSubject): void {
    this.#parts.subjects.register(subject);
  }

  /** Whether citizens of the account can pay at all. */
  canTakeMoney(accountId: string): boolean {
    return this.#parts.gateway.isReady(accountId);
  }

  /** Within the transaction of the feature whose record is paid for. @throws Error for what no feature may ask. */
  async place(tx: Transaction, fresh: NewOrder): Promise<Order> {
    const { orders, clock, draws } = this.#parts;
    const now = clock.now();
    refuseImpossible(fresh, now);
    const order: Order = {
      ...fresh,
      orderId: draws.orderId(),
      orderNo: draws.orderNo(now),
      state: 'open',
      receivedFen: 0,
      promisedFen: 0,
      refunds: [],
      checkAt: fresh.payableUntil,
      createdAt: new Date(now),
      changedAt: new Date(now),
    };
    await orders.add(tx, order);
    return order;
  }

  /**
   * What the page hands to WeixinJSBridge. May be asked for again.
   *
   * @throws UserError `no_such_order`: or somebody else's · `already_paid` · `order_closed` · `payment_unavailable` ·
   *   `payment_busy`
   * @throws OperationalError `payment_refused`: the platform will not have it; a person must look at the settings.
   */
  async prepare(
    { accountId, openid }: { accountId: string; openid: string },
    orderId: string,
  ): Promise<BridgeParameters> {
    const { gateway, clock } = this.#parts;
    const order = await this.find(accountId, orderId);
    if (order.openid !== openid) throw refuse('no_such_order');
    if (!gateway.isReady(accountId)) throw refuse('payment_unavailable');
    refuseUnlessPayable(order, clock.now());
    const prepayId = validPrepayId(order, clock.now()) ?? (await this.#askPrepayId(order));
    return gateway.sign(accountId, prepayId);
  }

  /** @throws UserError `no_such_order` */
  async find(accountId: string, orderId: string): Promise<Order> {
    const order = await this.#parts.orders.find(accountId, orderId);
    if (order === null) throw refuse('no_such_order');
    return order;
  }

  /** The latest first. */
  list(selection: OrderSelection, limit: number, after?: OrderCursor): Promise<Order[]> {
    return this.#parts.orders.list(selection, limit, after);
  }

  /** With a refund in one of the states; the first ordered first. */
  listByRefundState(accountId: string, states: readonly RefundStateName[], limit: number): Promise<Order[]> {
    return this.#parts.orders.listByRefundState(accountId, states, limit);
  }

  /**
   * Takes in what a verified callback says; as often as it comes.
   * @throws UserError `no_such_order` · `no_such_refund` · `amount_differs` · `other_payer` · `other_transaction`;
   *   nothing has changed.
   */
  learn(accountId: string, event: PaymentEvent): Promise<Order> {
    return event.kind === 'payment'
      ? this.#settling.receive(accountId, event.orderNo, event.state)
      : this.#sending.learn(accountId, event.orderNo, event.refundNo, event.state);
  }

  /** Asks the platform what became of a payment; for the page after paying, and for staff. @throws UserError as `learn` */
  check(accountId: string, orderId: string): Promise<Order> {
    return this.#settling.check(accountId, orderId);
  }

  /** Asks the platform about a payment and all its refunds, and takes in what it says; see `OrderInquiry`. */
  inquire(accountId: string, orderId: string): Promise<Inquiry> {
    return this.#inquiry.inquire(accountId, orderId);
  }

  /**
   * Within the transaction of a feature that gives up what was to be paid for. A payment that comes all the same is
   * offered to the subject, which answers `lost`. @throws UserError `no_such_order`
   */
  askClosing(tx: Transaction, accountId: string, orderId: string): Promise<Order> {
    return this.#settling.askClosing(tx, accountId, orderId);
  }

  /** By staff, on record; see `Refunding.request`. */
  refund(order: RefundOrder, actor: Actor): Promise<Order> {
    return this.#refunding.request(order, actor);
  }

  /** By a feature's rules, within its transaction; see `Refunding.requestWithin`. */
  refundWithin(tx: Transaction, order: RefundOrder): Promise<Order> {
    return this.#refunding.requestWithin(tx, order);
  }

  /** By a second person, on record; see `Refunding.approve`. */
  approveRefund(decision: RefundDecision, actor: Actor): Promise<Order> {
    return this.#refunding.approve(decision, actor);
  }

  /** On record; see `Refunding.turnDown`. */
  turnDownRefund(decision: RefundDecision, actor: Actor, reason: string): Promise<Order> {
    return this.#refunding.turnDown(decision, actor, reason);
  }

  /** Asks after payments that are due, of all accounts, and closes what was not paid in time. */
  settleDue(signal: AbortSignal): Promise<DueReport> {
    return this.#settling.settleDue(signal);
  }

  /** Takes refunds that are due to the platform, of all accounts, and asks after those under way. */
  followRefunds(signal: AbortSignal): Promise<DueReport> {
    return this.#sending.followDue(signal);
  }

  async #askPrepayId(order: Order): Promise<string> {
    const { accountId, orderId } = order;
    const answer = await this.#parts.gateway.prepare(order);
    switch (answer.kind) {
      case 'ready':
        await this.#keepPrepayId(order, answer.prepayId);
        return answer.prepayId;
      case 'paid':
        await this.check(accountId, orderId);
        throw refuse('already_paid');
      case 'closed':
        await this.check(accountId, orderId);
        throw refuse('order_closed');
      case 'trouble':
        throw refuse('payment_busy', answer.reason);
      case 'refused':
        throw new OperationalError('payment_refused', `order ${orderId} was refused: ${answer.reason}`);
    }
  }

  /** Whoever closed the order meanwhile wins: nobody is handed the means to pay it. */
  async #keepPrepayId({ accountId, orderId }: Order, prepayId: string): Promise<void> {
    await changeOrder(
      this.#parts,
      (tx) => this.#parts.orders.find(accountId, orderId, tx),
      (_tx, order, now) => {
        refuseUnlessPayable(order, now);
        return dueAt({ ...order, prepayId, prepaidAt: new Date(now) }, nextCheck(order, now));
      },
    );
  }
}

function refuseImpossible({ amountFen, description, payableUntil }: NewOrder, now: number): void {
  if (!Number.isSafeInteger(amountFen) || amountFen < 1)
    throw new Error(`${amountFen} fen cannot be asked for`);
  if (description.trim() === '' || description.length > descriptionLimit)
    throw new Error(`an order needs a description of 1–${descriptionLimit} characters`);
  if (payableUntil.getTime() <= now) throw new Error('an order must be payable for a while');
}

function refuseUnlessPayable({ state, payableUntil }: Order, now: number): void {
  if (state === 'paid') throw refuse('already_paid');
  if (state !== 'open' || payableUntil.getTime() <= now) throw refuse('order_closed');
}

function validPrepayId({ prepayId, prepaidAt }: Order, now: number): string | undefined {
  if (prepaidAt === undefined) return undefined;
  return now < prepaidAt.getTime() + prepaidMs - prepaidMarginMs ? prepayId : undefined;
}
