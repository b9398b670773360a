import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { StaffRequest, StaffRequestDecision } from '../../../src/features/staff/staff-request.js';
import type {
  StaffRequestSelection,
  StaffRequestStore,
} from '../../../src/features/staff/staff-request-store.js';
import { onRollback } from './transaction-runner-fake.js';

export class StaffRequestStoreFake implements StaffRequestStore {
  #requests: StaffRequest[] = [];

  async find(id: string): Promise<StaffRequest | null> {
    return this.#requests.find((one) => one.id === id) ?? null;
  }

  async list({ open, after }: StaffRequestSelection, limit: number): Promise<StaffRequest[]> {
    const sorted = this.#requests.toSorted(
      (one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? -1 : 1),
    );
    const isOpen = (one: StaffRequest, at: Date) => one.state === 'pending' && one.expiresAt > at;
    return sorted
      .slice(sorted.findIndex(({ id }) => id === after) + 1)
      .filter((one) => !open || isOpen(one, open.at) === open.is)
      .slice(0, limit);
  }

  async insert(tx: Transaction, request: StaffRequest): Promise<boolean> {
    const isRival = (one: StaffRequest) =>
      one.state === 'pending' && one.details.kind === request.details.kind && one.subject === request.subject;
    const cleared = this.#requests.map((one): StaffRequest =>
      isRival(one) && one.expiresAt <= request.at ? { ...one, state: 'expired' } : one,
    );
    if (cleared.some(isRival)) return false;
    this.#replace(tx, [...cleared, request]);
    return true;
  }

  async decide(
    tx: Transaction,
    id: string,
    state: 'approved' | 'refused' | 'withdrawn',
    decision: StaffRequestDecision,
  ): Promise<boolean> {
    const open = this.#requests.find(
      (one) => one.id === id && one.state === 'pending' && one.expiresAt > decision.at,
    );
    if (!open) return false;
    this.#replace(
      tx,
      this.#requests.map((one) => (one === open ? { ...one, state, decision } : one)),
    );
    return true;
  }

  #replace(tx: Transaction, requests: StaffRequest[]): void {
    const before = this.#requests;
    onRollback(tx, () => (this.#requests = before));
    this.#requests = requests;
  }
}
