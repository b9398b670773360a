import type { Transaction } from '../../core/transaction-runner.js';
import type { AuditEvent, ChainHead } from './audit-event.js';

/** Which events of a chain are meant; what is absent does not matter. */
export interface AuditSelection {
  accountId: string;
  staffId?: string;
  action?: string;
  objectKind?: string;
  objectId?: string;
  /** Not before this moment. */
  from?: Date;
  /** Before this moment. */
  to?: Date;
}

/** Chains of events. There is no way to change or remove one. */
export interface AuditStore {
  findHead(accountId: string, tx?: Transaction): Promise<ChainHead | null>;
  /**
   * Adds the event at the end that the transaction has read with `findHead`. Two transactions that have read the
   * same end happen one after the other.
   */
  append(tx: Transaction, event: AuditEvent): Promise<void>;
  /** At most `limit` events, the newest first, from before the event `before`. */
  list(selection: AuditSelection, limit: number, before?: number): Promise<AuditEvent[]>;
  /** The events, the oldest first, as they are read. */
  stream(selection: AuditSelection): AsyncIterable<AuditEvent>;
}
