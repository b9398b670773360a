import type { Transaction } from '../../core/transaction-runner.js';
import type { Registration } from './registration.js';

/** Gives tickets out and takes them back, within the transaction that confirms or ends a registration. */
export interface TicketBook {
  /** @returns the ticket's id. Again for the same registration: the same ticket. */
  issue(tx: Transaction, registration: Registration): Promise<string>;
  /** Nobody gets in by it any more. */
  revoke(tx: Transaction, accountId: string, ticketId: string, because: string): Promise<void>;
}

/** What letting somebody in does to their registration, within the transaction that lets them in. */
export interface ArrivalBook {
  arrived(tx: Transaction, accountId: string, registrationId: string, at: Date): Promise<void>;
  /** It was a mistake: the registration is confirmed again. */
  undone(tx: Transaction, accountId: string, registrationId: string, at: Date): Promise<void>;
}
