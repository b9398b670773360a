import type { CitizenSession } from '../../../src/features/citizens/citizen-session.js';
import type { CitizenSessionStore } from '../../../src/features/citizens/citizen-session-store.js';

export class CitizenSessionStoreFake implements CitizenSessionStore {
  readonly #sessions = new Map<string, CitizenSession>();

  async insert(session: CitizenSession): Promise<void> {
    if (this.#sessions.has(session.tokenHash)) throw new Error('there is such a session');
    this.#sessions.set(session.tokenHash, { ...session });
  }

  async find(accountId: string, tokenHash: string, now: Date): Promise<CitizenSession | null> {
    const found = this.#sessions.get(tokenHash);
    return found && found.accountId === accountId && found.expiresAt > now ? { ...found } : null;
  }

  async touch(tokenHash: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void> {
    const found = this.#sessions.get(tokenHash);
    if (found) this.#sessions.set(tokenHash, { ...found, ...seen });
  }

  async remove(tokenHash: string): Promise<void> {
    this.#sessions.delete(tokenHash);
  }
}
