import type { Clock } from '../../core/clock.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { ActivityReader } from '../activities/activity-reader.js';
import type { ArrivalBook } from '../activities/ticket-book.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { CheckInStore } from './check-in-store.js';
import type { GateStore } from './gate-store.js';
import type { TicketKeys } from './ticket-keys.js';
import type { TicketStore } from './ticket-store.js';

/** Whom tickets belong to, as the door may see it: `张*`. */
export interface TicketHolders {
  /** Masked names by registration; without those whose key is lost. */
  readMasked(accountId: string, registrationIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What the door works with. */
export interface CheckInParts {
  tickets: TicketStore;
  keys: Pick<TicketKeys, 'verify' | 'publicKey'>;
  checkIns: CheckInStore;
  gates: GateStore;
  activities: Pick<ActivityReader, 'find' | 'listPublic'>;
  arrivals: ArrivalBook;
  holders: TicketHolders;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}
