import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { AudienceRun } from './audience-run.js';
import type { AudienceRunStore, RunHold } from './audience-run-store.js';

const collectionName = 'audience_runs';

export const audienceRunMigration: Migration = {
  id: 'audience-1-runs',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { runId: 1 }, unique: true, name: 'run' },
      {
        key: { accountId: 1, subject: 1 },
        unique: true,
        partialFilterExpression: { state: 'running' },
        name: 'one_at_a_time',
      },
      { key: { kind: 1, leaseUntil: 1 }, partialFilterExpression: { state: 'running' }, name: 'claims' },
      { key: { accountId: 1, kind: 1, startedAt: -1 }, name: 'history' },
    ]);
  },
};

export class AudienceRunStoreMongo implements AudienceRunStore {
  readonly #runs: mongo.Collection<AudienceRun>;

  constructor(connection: MongoConnection) {
    this.#runs = databaseOf(connection).collection<AudienceRun>(collectionName);
  }

  async begin(tx: Transaction, run: AudienceRun): Promise<void> {
    await this.#runs.insertOne({ ...run }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  findRunning(accountId: string, subject: string, tx?: Transaction): Promise<AudienceRun | null> {
    const options = { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
    return this.#runs.findOne({ accountId, subject, state: 'running' }, options);
  }

  list(accountId: string, kind: AudienceRun['kind'], limit: number): Promise<AudienceRun[]> {
    return this.#runs.find({ accountId, kind }, withoutId).sort({ startedAt: -1 }).limit(limit).toArray();
  }

  claim(kind: AudienceRun['kind'], worker: string, now: Date, leaseUntil: Date): Promise<AudienceRun | null> {
    return this.#runs.findOneAndUpdate(
      { kind, state: 'running', leaseUntil: { $lte: now } },
      { $set: { worker, leaseUntil } },
      { ...withoutId, sort: { leaseUntil: 1 }, returnDocument: 'after' },
    );
  }

  extend(hold: RunHold, leaseUntil: Date): Promise<boolean> {
    return this.#write(hold, { $set: { leaseUntil } });
  }

  keepProgress(hold: RunHold, progress: AudienceRun['progress']): Promise<boolean> {
    // As a pipeline: only there does the driver's type take the progress of either kind.
    return this.#write(hold, [{ $set: { progress: { $literal: progress }, troubles: 0 } }]);
  }

  async release(hold: RunHold, from: Date, troubles: number): Promise<void> {
    await this.#write(hold, { $set: { leaseUntil: from, troubles }, $unset: { worker: '' } });
  }

  async end(hold: RunHold, { endedAt, failure }: { endedAt: Date; failure?: string }): Promise<void> {
    const state = failure === undefined ? 'done' : 'failed';
    await this.#write(hold, {
      $set: { state, endedAt, ...(failure !== undefined && { failure }) },
      $unset: { leaseUntil: '', worker: '' },
    });
  }

  async #write(
    { runId, worker }: RunHold,
    update: mongo.UpdateFilter<AudienceRun> | mongo.Document[],
  ): Promise<boolean> {
    const { matchedCount } = await this.#runs.updateOne({ runId, worker, state: 'running' }, update);
    return matchedCount === 1;
  }
}

const withoutId = { projection: { _id: 0 } } as const;
