import type { Transaction } from '../../core/transaction-runner.js';
import type { Arrival, Ticket } from './ticket.js';
import type { TicketKey } from './ticket-qr.js';

/** How many of a group have a ticket that counts, and how many of them have been let in. */
export interface GroupCount {
  groupId: string;
  expected: number;
  arrived: number;
}

export type TicketName = Pick<Ticket, 'accountId' | 'ticketId'>;

export interface TicketStore {
  /** @throws Error where it collides with another ticket; the transaction is run again. */
  add(tx: Transaction, ticket: Ticket): Promise<void>;
  find(accountId: string, ticketId: string, tx?: Transaction): Promise<Ticket | null>;
  findByRegistration(tx: Transaction, accountId: string, registrationId: string): Promise<Ticket | null>;
  findByCode(accountId: string, code: string): Promise<Ticket | null>;
  /** Takes it back unless it has been already. */
  revoke(tx: Transaction, ticket: TicketName, revoked: { because: string; at: Date }): Promise<void>;
  /** @throws Error where it is revoked or somebody is in by it: a fault of the program. */
  arrive(tx: Transaction, ticket: TicketName, arrival: Arrival, changedAt: Date): Promise<void>;
  /** @throws Error where nobody is in by it: a fault of the program. */
  leave(tx: Transaction, ticket: TicketName, changedAt: Date): Promise<void>;
  /** Those of an activity, or of them those changed from `since` on. */
  list(accountId: string, activityId: string, since?: Date): Promise<Ticket[]>;
  count(accountId: string, activityId: string): Promise<GroupCount[]>;
}

/** The key that an account signs its tickets with. */
export interface StoredTicketKey {
  accountId: string;
  publicKey: TicketKey;
  /** PKCS #8 in base64, sealed. */
  sealed: string;
}

export interface TicketKeyStore {
  find(accountId: string): Promise<StoredTicketKey | null>;
  /** Keeps it unless there is one already. @returns the one that is kept. */
  keep(key: StoredTicketKey): Promise<StoredTicketKey>;
}
