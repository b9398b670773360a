import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject } from '../compliance/own-data-part.js';
import type { StoredMessage } from './message.js';

/** What a citizen has left for the staff, for their rights of access and erasure. */
export interface OwnMessageStore {
  /** The latest first. */
  list(citizen: DataSubject): Promise<StoredMessage[]>;
  /** @returns how many. */
  removeAll(tx: Transaction, citizen: DataSubject): Promise<number>;
}
