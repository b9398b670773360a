import { randomBytes } from 'node:crypto';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Order } from './order.js';
import { refuse } from './order-refusals.js';
import type { OrderStore } from './order-store.js';
import type { OrderSubject } from './order-subject.js';
import type { Fen, PaymentGateway } from './payment-gateway-port.js';

/** What the desk works with. */
export interface OrderParts {
  orders: OrderStore;
  gateway: PaymentGateway;
  subjects: OrderSubjects;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  draws: OrderDraws;
  /** Once staff pay back more than this of one order, a second person approves. */
  approvalAboveFen: Fen;
}

/** What must not be guessed. */
export interface OrderDraws {
  orderId(): string;
  /** @param now milliseconds since the epoch, UTC. @returns 32 characters, unique. */
  orderNo(now: number): string;
}

export const secureOrderDraws: OrderDraws = {
  orderId: () => randomBytes(15).toString('base64url'),
  orderNo: (now) => businessDay(now).replaceAll('-', '') + randomBytes(12).toString('hex'),
};

/** Asks for what no person does. */
export const byTheProgram = { staffId: 'system', name: '系统' } as const;

/** The features whose records are paid for, by kind. */
export class OrderSubjects {
  readonly #byKind = new Map<string, OrderSubject>();

  /** Before orders of the kind are settled. @throws Error where the kind is taken. */
  register(subject: OrderSubject): void {
    if (this.#byKind.has(subject.kind)) throw new Error(`two subjects of orders are called ${subject.kind}`);
    this.#byKind.set(subject.kind, subject);
  }

  of({ orderId, subject: { kind } }: Order): OrderSubject {
    const subject = this.#byKind.get(kind);
    if (!subject) throw new Error(`nobody answers for order ${orderId} of kind ${kind}`);
    return subject;
  }
}

/**
 * Reads an order and puts in its place what `decide` makes of it, in one transaction; the same object: nothing changes.
 * @throws UserError `no_such_order`
 */
export function changeOrder(
  { orders, transactions, clock }: Pick<OrderParts, 'orders' | 'transactions' | 'clock'>,
  read: (tx: Transaction) => Promise<Order | null>,
  decide: (tx: Transaction, order: Order, now: number) => Order | Promise<Order>,
): Promise<Order> {
  return transactions.run(async (tx) => {
    const before = await read(tx);
    if (before === null) throw refuse('no_such_order');
    const after = await decide(tx, before, clock.now());
    if (after !== before) await orders.replace(tx, before, after);
    return after;
  });
}

/** @param checkAt absent: nothing is awaited. */
export function dueAt(order: Order, checkAt: Date | undefined): Order {
  const { checkAt: _before, ...rest } = order;
  return checkAt ? { ...rest, checkAt } : rest;
}
