import type { Transaction } from '../../core/transaction-runner.js';
import type { StaffMember } from './staff-member.js';

/** Those who work here. Nobody is ever removed: the audit trail names them. */
export interface StaffStore {
  find(id: string): Promise<StaffMember | null>;
  findByUsername(username: string): Promise<StaffMember | null>;
  /** All, in the order of their usernames. */
  list(): Promise<StaffMember[]>;
  /** Reads the member and keeps every other transaction that holds the same one waiting until this one ends. */
  hold(tx: Transaction, id: string): Promise<StaffMember | null>;
  /** @returns false when the username is taken. */
  insert(tx: Transaction, member: StaffMember): Promise<boolean>;
  update(tx: Transaction, id: string, change: Partial<Omit<StaffMember, 'id' | 'username'>>): Promise<void>;
}
