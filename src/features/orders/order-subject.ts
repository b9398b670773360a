import type { Transaction } from '../../core/transaction-runner.js';
import type { Order, Refund } from './order.js';

/** The feature whose records are paid for. It is told within the transaction that changes the order. */
export interface OrderSubject {
  kind: string;
  /** `lost`: what was to be had is gone, also where the money came late; the order is then refunded in full. */
  paid(tx: Transaction, order: Order): Promise<'kept' | 'lost'>;
  /** Nobody paid in time. */
  closed(tx: Transaction, order: Order): Promise<void>;
  /** Money is back with the citizen, or could not be brought there. */
  refundEnded(tx: Transaction, order: Order, refund: Refund): Promise<void>;
}
