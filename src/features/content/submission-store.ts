import type { Transaction } from '../../core/transaction-runner.js';
import type { Approval, Submission, SubmissionOutcome, SubmissionState } from './review/submission.js';

export interface SubmissionStore {
  /** Keeps a new submission under the next number of its account, which it returns. */
  add(tx: Transaction, submission: Omit<Submission, 'number'>): Promise<number>;
  find(accountId: string, number: number, tx?: Transaction): Promise<Submission | null>;
  /** The newest first, from before the submission `before`. */
  list(
    accountId: string,
    page: { limit: number; before?: number; state?: SubmissionState },
  ): Promise<Submission[]>;
  /** What waits for review, in all accounts. */
  listPending(): Promise<Pick<Submission, 'accountId' | 'hash'>[]>;
  /** Whether this content was rejected once. */
  wasRejected(accountId: string, hash: string): Promise<boolean>;
  /** Adds an approval to a pending submission. */
  approve(tx: Transaction, accountId: string, number: number, approval: Approval): Promise<void>;
  /** Ends a pending submission. */
  close(
    tx: Transaction,
    accountId: string,
    number: number,
    state: Exclude<SubmissionState, 'pending'>,
    outcome: SubmissionOutcome,
  ): Promise<void>;
}
