import type { CitizenSession } from './citizen-session.js';

/** The sessions of citizens. An expired one is not found, whether or not it has been cleared away yet. */
export interface CitizenSessionStore {
  insert(session: CitizenSession): Promise<void>;
  find(accountId: string, tokenHash: string, now: Date): Promise<CitizenSession | null>;
  /** Prolongs a session that is still there. */
  touch(tokenHash: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void>;
  remove(tokenHash: string): Promise<void>;
}
