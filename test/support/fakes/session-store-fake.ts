import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { SessionStore } from '../../../src/features/staff/session-store.js';
import type { StaffSession } from '../../../src/features/staff/staff-session.js';
import { onRollback } from './transaction-runner-fake.js';

export class SessionStoreFake implements SessionStore {
  #sessions: StaffSession[] = [];

  async insert(tx: Transaction, session: StaffSession): Promise<void> {
    this.#replace(tx, [...this.#sessions, session]);
  }

  async find(tokenHash: string, now: Date): Promise<StaffSession | null> {
    return this.#sessions.find((one) => one.tokenHash === tokenHash && one.expiresAt > now) ?? null;
  }

  async list(staffId: string, now: Date): Promise<StaffSession[]> {
    return this.#sessions
      .filter((one) => one.staffId === staffId && one.expiresAt > now)
      .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  }

  async touch(id: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void> {
    this.#sessions = this.#sessions.map((one) => (one.id === id ? { ...one, ...seen } : one));
  }

  async remove(tx: Transaction, staffId: string, id: string): Promise<boolean> {
    const others = this.#sessions.filter((one) => one.id !== id || one.staffId !== staffId);
    const isThere = others.length < this.#sessions.length;
    this.#replace(tx, others);
    return isThere;
  }

  async removeAll(tx: Transaction, staffId: string): Promise<number> {
    const others = this.#sessions.filter((one) => one.staffId !== staffId);
    const count = this.#sessions.length - others.length;
    this.#replace(tx, others);
    return count;
  }

  #replace(tx: Transaction, sessions: StaffSession[]): void {
    const before = this.#sessions;
    onRollback(tx, () => (this.#sessions = before));
    this.#sessions = sessions;
  }
}
