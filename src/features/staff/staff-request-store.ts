import type { Transaction } from '../../core/transaction-runner.js';
import type { StaffRequest, StaffRequestDecision } from './staff-request.js';

export interface StaffRequestSelection {
  /** Whether a decision is still possible at this moment; absent: it does not matter. */
  open?: { is: boolean; at: Date };
  /** The id of the last request that is known already. */
  after?: string;
}

/** What is waiting for, or has had, the word of a second administrator. */
export interface StaffRequestStore {
  find(id: string): Promise<StaffRequest | null>;
  /** At most `limit`, the newest first. */
  list(selection: StaffRequestSelection, limit: number): Promise<StaffRequest[]>;
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
