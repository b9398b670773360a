import type { Transaction } from '../../core/transaction-runner.js';
import type { StaffRequest, StaffRequestDecision } from './staff-request.js';

/** What is waiting for, or has had, the word of a second administrator. */
export interface StaffRequestStore {
  find(id: string): Promise<StaffRequest | null>;
  /** The newest first. */
  list(limit: number): Promise<StaffRequest[]>;
  /** Takes the place of one of the same kind and subject that has expired. @returns false while one is pending. */
  insert(tx: Transaction, request: StaffRequest): Promise<boolean>;
  /** Ends a request that is pending and has not expired. @returns false when it is neither, or nowhere. */
  decide(
    tx: Transaction,
    id: string,
    state: 'approved' | 'refused' | 'withdrawn',
    decision: StaffRequestDecision,
  ): Promise<boolean>;
}
