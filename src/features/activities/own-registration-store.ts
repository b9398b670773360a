import type { Transaction } from '../../core/transaction-runner.js';
import type { Citizen } from './registration-desk.js';
import type { Registration } from './registration.js';

/** Registrations for their citizens' rights of access and erasure, and for their deletion in time. */
export interface OwnRegistrationStore {
  /** All of them, the latest made first. */
  listOf(citizen: Citizen, tx?: Transaction): Promise<Registration[]>;
  remove(tx: Transaction, registrations: readonly Registration[]): Promise<void>;
  /** Takes out whatever says who it was; what stays stands in a place, and keeps the limit per person. */
  anonymise(tx: Transaction, registrations: readonly Registration[]): Promise<void>;
  /** Those whose time is over. */
  listExpired(now: Date, limit: number, tx: Transaction): Promise<Registration[]>;
  /** Its activity was put off. */
  keepUntil(tx: Transaction, registration: Registration, expiresAt: Date): Promise<void>;
}
