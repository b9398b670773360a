import type { Transaction } from '../../../src/core/transaction-runner.js';
import { foldUsername, type StaffMember } from '../../../src/features/staff/staff-member.js';
import type { StaffStore } from '../../../src/features/staff/staff-store.js';
import { onRollback } from './transaction-runner-fake.js';

export class StaffStoreFake implements StaffStore {
  readonly #members = new Map<string, StaffMember>();

  async find(id: string): Promise<StaffMember | null> {
    return structuredClone(this.#members.get(id) ?? null);
  }

  async findByUsername(username: string): Promise<StaffMember | null> {
    return structuredClone(this.#byUsername(username) ?? null);
  }

  async list(): Promise<StaffMember[]> {
    const fold = (member: StaffMember) => foldUsername(member.username);
    return structuredClone(
      [...this.#members.values()].sort((one, other) => (fold(one) < fold(other) ? -1 : 1)),
    );
  }

  async hold(_tx: Transaction, id: string): Promise<StaffMember | null> {
    return this.find(id);
  }

  async insert(tx: Transaction, member: StaffMember): Promise<boolean> {
    if (this.#byUsername(member.username)) return false;
    onRollback(tx, () => this.#members.delete(member.id));
    this.#members.set(member.id, structuredClone(member));
    return true;
  }

  async update(tx: Transaction, id: string, change: Partial<StaffMember>): Promise<void> {
    const before = this.#members.get(id);
    if (!before) return;
    onRollback(tx, () => this.#members.set(id, before));
    this.#members.set(id, structuredClone({ ...before, ...change }));
  }

  #byUsername(username: string): StaffMember | undefined {
    return [...this.#members.values()].find(
      (member) => foldUsername(member.username) === foldUsername(username),
    );
  }
}
