import type { Transaction } from '../../core/transaction-runner.js';
import type { Ticket } from './ticket.js';

/** As the platform names them. */
export type TicketHolder = Pick<Ticket, 'accountId' | 'openid'>;

export interface OwnTicketStore {
  listOf(holder: TicketHolder): Promise<Ticket[]>;
  /** Deletes those that let nobody in; of the others nothing leads to the holder any more. @returns how many of each. */
  erase(tx: Transaction, holder: TicketHolder): Promise<{ deleted: number; anonymised: number }>;
}
