import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runsKept, type JobRun } from './job-run.js';
import type { JobEnding, JobRunStore } from './job-run-store.js';

const collectionName = 'job_runs';

export const jobRunMigration: Migration = {
  id: 'jobs-2-runs',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { runId: 1 }, unique: true, name: 'run' },
      {
        key: { name: 1 },
        unique: true,
        partialFilterExpression: { state: 'running' },
        name: 'one_at_a_time',
      },
      { key: { name: 1, startedAt: -1 }, name: 'history' },
    ]);
  },
};

export class JobRunStoreMongo implements JobRunStore {
  readonly #runs: mongo.Collection<JobRun>;

  constructor(connection: MongoConnection) {
    this.#runs = databaseOf(connection).collection<JobRun>(collectionName);
  }

  async begin(
    run: Pick<JobRun, 'runId' | 'name' | 'node' | 'startedAt'>,
    leaseUntil: Date,
  ): Promise<boolean> {
    await this.#runs.updateMany(
      { name: run.name, state: 'running', leaseUntil: { $lte: run.startedAt } },
      {
        $set: { state: 'failed', endedAt: run.startedAt, failure: 'its node died' },
        $unset: { leaseUntil: '' },
      },
    );
    try {
      await this.#runs.insertOne({ ...run, state: 'running', leaseUntil });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async extend(runId: string, leaseUntil: Date): Promise<boolean> {
    const { matchedCount } = await this.#runs.updateOne(
      { runId, state: 'running' },
      { $set: { leaseUntil } },
    );
    return matchedCount === 1;
  }

  async end({ runId, name }: Pick<JobRun, 'runId' | 'name'>, ending: JobEnding): Promise<void> {
    await this.#runs.updateOne(
      { runId, state: 'running' },
      {
        $set: { ...ending, state: 'failure' in ending ? 'failed' : 'done' },
        $unset: { leaseUntil: '' },
      },
    );
    await this.#forgetOld(name);
  }

  async listAbandoned(now: Date): Promise<string[]> {
    const runs = await this.#runs.find({ state: 'running', leaseUntil: { $lte: now } }).toArray();
    return runs.map(({ name }) => name);
  }

  list(): Promise<JobRun[]> {
    return this.#runs
      .find({}, { projection: { _id: 0 } })
      .sort({ startedAt: -1 })
      .toArray();
  }

  async #forgetOld(name: string): Promise<void> {
    const newestFirst = { sort: { startedAt: -1 }, projection: { runId: 1 } } as const;
    const kept = await this.#runs.find({ name }, { ...newestFirst, limit: runsKept }).toArray();
    const failed = await this.#runs.findOne({ name, state: 'failed' }, newestFirst);
    const keptIds = [...kept, ...(failed ? [failed] : [])].map(({ runId }) => runId);
    await this.#runs.deleteMany({ name, state: { $ne: 'running' }, runId: { $nin: keptIds } });
  }
}
