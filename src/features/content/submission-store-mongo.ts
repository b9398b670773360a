import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Approval, Submission, SubmissionOutcome, SubmissionState } from './review/submission.js';
import type { SubmissionStore } from './submission-store.js';

export const submissionsName = 'submissions';

export const pendingSubmissionMigration: Migration = {
  id: 'content-0003-pending-submissions',
  up: async (db) => {
    await db
      .collection(submissionsName)
      .createIndex(
        { accountId: 1, hash: 1 },
        { name: 'pending', partialFilterExpression: { state: 'pending' } },
      );
  },
};

export async function prepareSubmissions(db: MongoDatabase): Promise<void> {
  await db.collection(submissionsName).createIndexes([
    { key: { accountId: 1, number: 1 }, unique: true, name: 'number' },
    { key: { accountId: 1, hash: 1, state: 1 }, name: 'content' },
  ]);
}

export class SubmissionStoreMongo implements SubmissionStore {
  readonly #submissions: mongo.Collection<Submission>;

  constructor(connection: MongoConnection) {
    this.#submissions = databaseOf(connection).collection(submissionsName);
  }

  async add(tx: Transaction, submission: Omit<Submission, 'number'>): Promise<number> {
    const session = sessionOf(tx);
    const { accountId } = submission;
    const newest = await this.#submissions.findOne({ accountId }, { sort: { number: -1 }, session });
    const number = (newest?.number ?? 0) + 1;
    await this.#submissions.insertOne({ ...submission, number }, { session });
    return number;
  }

  find(accountId: string, number: number, tx?: Transaction): Promise<Submission | null> {
    return this.#submissions.findOne(
      { accountId, number },
      { ...withoutId, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  list(
    accountId: string,
    { limit, before, state }: { limit: number; before?: number; state?: SubmissionState },
  ): Promise<Submission[]> {
    const filter = {
      accountId,
      ...(before !== undefined && { number: { $lt: before } }),
      ...(state !== undefined && { state }),
    };
    return this.#submissions.find(filter, withoutId).sort({ number: -1 }).limit(limit).toArray();
  }

  listPending(): Promise<Pick<Submission, 'accountId' | 'hash'>[]> {
    return this.#submissions
      .find({ state: 'pending' }, { projection: { _id: 0, accountId: 1, hash: 1 } })
      .sort({ accountId: 1, hash: 1 })
      .hint('pending')
      .toArray();
  }

  async wasRejected(accountId: string, hash: string): Promise<boolean> {
    return (await this.#submissions.countDocuments({ accountId, hash, state: 'rejected' }, { limit: 1 })) > 0;
  }

  approve(tx: Transaction, accountId: string, number: number, approval: Approval): Promise<void> {
    return this.#changePending(tx, accountId, number, { $push: { approvals: approval } });
  }

  close(
    tx: Transaction,
    accountId: string,
    number: number,
    state: Exclude<SubmissionState, 'pending'>,
    outcome: SubmissionOutcome,
  ): Promise<void> {
    return this.#changePending(tx, accountId, number, { $set: { state, outcome } });
  }

  /** Two transactions that have read it pending conflict here; whichever is second runs again and reads it ended. */
  async #changePending(
    tx: Transaction,
    accountId: string,
    number: number,
    change: mongo.UpdateFilter<Submission>,
  ): Promise<void> {
    const pending = { accountId, number, state: 'pending' as const };
    const { matchedCount } = await this.#submissions.updateOne(pending, change, { session: sessionOf(tx) });
    if (matchedCount !== 1) throw new Error(`submission ${number} of ${accountId} is not pending`);
  }
}

const withoutId = { projection: { _id: 0 } };
