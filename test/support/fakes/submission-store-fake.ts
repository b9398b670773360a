import type { Transaction } from '../../../src/core/transaction-runner.js';
import type {
  Approval,
  Submission,
  SubmissionOutcome,
  SubmissionState,
} from '../../../src/features/content/review/submission.js';
import type { SubmissionStore } from '../../../src/features/content/submission-store.js';
import { setOrRestore } from './set-or-restore.js';

/** Submissions in memory. */
export class SubmissionStoreFake implements SubmissionStore {
  readonly #submissions = new Map<string, Submission>();

  async add(tx: Transaction, submission: Omit<Submission, 'number'>): Promise<number> {
    const number = this.#of(submission.accountId).length + 1;
    setOrRestore(tx, this.#submissions, keyOf(submission.accountId, number), { ...submission, number });
    return number;
  }

  async find(accountId: string, number: number): Promise<Submission | null> {
    return this.#submissions.get(keyOf(accountId, number)) ?? null;
  }

  async list(
    accountId: string,
    { limit, before = Infinity, state }: { limit: number; before?: number; state?: SubmissionState },
  ): Promise<Submission[]> {
    return this.#of(accountId)
      .filter((one) => one.number < before && (state === undefined || one.state === state))
      .sort((one, other) => other.number - one.number)
      .slice(0, limit);
  }

  async listPending(): Promise<Pick<Submission, 'accountId' | 'hash'>[]> {
    return [...this.#submissions.values()].filter(({ state }) => state === 'pending');
  }

  async wasRejected(accountId: string, hash: string): Promise<boolean> {
    return this.#of(accountId).some((one) => one.hash === hash && one.state === 'rejected');
  }

  async approve(tx: Transaction, accountId: string, number: number, approval: Approval): Promise<void> {
    const before = this.#pending(accountId, number);
    const approvals = [...before.approvals, approval];
    setOrRestore(tx, this.#submissions, keyOf(accountId, number), { ...before, approvals });
  }

  async close(
    tx: Transaction,
    accountId: string,
    number: number,
    state: Exclude<SubmissionState, 'pending'>,
    outcome: SubmissionOutcome,
  ): Promise<void> {
    const before = this.#pending(accountId, number);
    setOrRestore(tx, this.#submissions, keyOf(accountId, number), { ...before, state, outcome });
  }

  #pending(accountId: string, number: number): Submission {
    const found = this.#submissions.get(keyOf(accountId, number));
    if (found?.state !== 'pending') throw new Error(`submission ${number} of ${accountId} is not pending`);
    return found;
  }

  #of(accountId: string): Submission[] {
    return [...this.#submissions.values()].filter((one) => one.accountId === accountId);
  }
}

function keyOf(accountId: string, number: number): string {
  return `${accountId} ${number}`;
}
