import type { Transaction } from '../../core/transaction-runner.js';
import type { StaffSession } from './staff-session.js';

/** The sessions of the staff. An expired one is not found, whether or not it has been cleared away yet. */
export interface SessionStore {
  insert(tx: Transaction, session: StaffSession): Promise<void>;
  find(tokenHash: string, now: Date): Promise<StaffSession | null>;
  /** Of one person, the newest first. */
  list(staffId: string, now: Date): Promise<StaffSession[]>;
  /** Prolongs a session that is still there. */
  touch(id: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void>;
  /** @returns false when this person has no such session. */
  remove(tx: Transaction, staffId: string, id: string): Promise<boolean>;
  /** @returns how many there were. */
  removeAll(tx: Transaction, staffId: string): Promise<number>;
}
