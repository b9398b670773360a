import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject } from '../compliance/own-data-part.js';
import type { Citizen } from './citizen.js';

/** What is known of a citizen as such, for their rights of access and erasure. */
export interface OwnCitizenStore {
  find(citizen: DataSubject, tx?: Transaction): Promise<Citizen | null>;
  /** Forgets the district, and every follow and unfollow. Whether the citizen follows stays. */
  forget(tx: Transaction, citizen: DataSubject): Promise<void>;
}
