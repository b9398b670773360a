import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, OrderState, Refund, RefundStateName } from './order.js';

/** From an instant to another, which is not included; UTC. */
export interface Period {
  from: Date;
  to: Date;
}

export interface OrderSelection {
  accountId: string;
  state?: OrderState;
  openid?: string;
  /** Of the order, of the payment at the platform, or of a refund. */
  number?: string;
  /** The id of what is paid for. */
  subjectId?: string;
  placed?: Period;
}

/** Where a page ended. */
export type OrderCursor = Pick<Order, 'createdAt' | 'orderId'>;

/**
 * Orders with their refunds. The numbers of both are unique under an index. What is changed within a transaction was
 * read in it: where two want the same order, the later one runs again.
 */
export interface OrderStore {
  /** @throws Error if it is there already. */
  add(tx: Transaction, order: Order): Promise<void>;
  /** Puts `after` where `before` was read in the same transaction. */
  replace(tx: Transaction, before: Order, after: Order): Promise<void>;
  /**
   * Adds a refund on the condition that what was received covers it together with all that was promised before, and
   * that the order has fewer than fifty.
   * @returns the order as it is then; null: it does not.
   */
  reserveRefund(
    tx: Transaction,
    order: { accountId: string; orderId: string },
    refund: Refund,
    checkAt: Date | undefined,
  ): Promise<Order | null>;

  find(accountId: string, orderId: string, tx?: Transaction): Promise<Order | null>;
  findByNo(accountId: string, orderNo: string, tx?: Transaction): Promise<Order | null>;

  /** Of all accounts, unpaid, with a check due; the longest due first. */
  listUnsettled(now: number, limit: number): Promise<Order[]>;
  /** Of all accounts, paid, with refunds under way and a check due; the longest due first. */
  listRefunding(now: number, limit: number): Promise<Order[]>;
  listByNos(accountId: string, orderNos: readonly string[]): Promise<Order[]>;
  listPaid(accountId: string, period: Period): Promise<Order[]>;
  /** With a refund that the platform was first asked for in the period. */
  listRefundSent(accountId: string, period: Period): Promise<Order[]>;
  /** With a refund in one of the states; the first ordered first. */
  listByRefundState(accountId: string, states: readonly RefundStateName[], limit: number): Promise<Order[]>;
  /** The latest first. */
  list(selection: OrderSelection, limit: number, after?: OrderCursor): Promise<Order[]>;
}
