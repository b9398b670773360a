import type { Transaction } from '../../core/transaction-runner.js';
import type { Order } from './order.js';

export interface OrderHolding {
  held: number;
  /** When the oldest was placed; null: there is none. */
  oldest: Date | null;
}

/** Orders as records about persons. */
export interface OwnOrderStore {
  /** The first ordered first. */
  listOf(citizen: { accountId: string; openid: string }): AsyncIterable<Order>;
  /** Those that were closed unpaid. @returns how many. */
  removeUnpaid(tx: Transaction, citizen: { accountId: string; openid: string }): Promise<number>;
  countPaid(tx: Transaction, citizen: { accountId: string; openid: string }): Promise<number>;
  /** Of all accounts; those that were closed unpaid until then. @returns how many. */
  removeUnpaidUntil(until: Date, limit: number): Promise<number>;
  /** Of all accounts; those that were paid before then. @returns how many. */
  removePaidBefore(until: Date, limit: number): Promise<number>;
  look(): Promise<OrderHolding>;
}
