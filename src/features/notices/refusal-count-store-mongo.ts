import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { RefusalCount, RefusalCountStore } from './refusal-counts.js';

const collectionName = 'notice_refusals';
const keptSeconds = 400 * 86_400;

export const refusalCountMigration: Migration = {
  id: 'notices-4-refusals',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, day: 1, channel: 1, reason: 1 }, unique: true, name: 'refusal' },
      { key: { firstAt: 1 }, expireAfterSeconds: keptSeconds, name: 'expiry' },
    ]);
  },
};

export class RefusalCountStoreMongo implements RefusalCountStore {
  readonly #counts: mongo.Collection<RefusalCount & { firstAt: Date }>;

  constructor(connection: MongoConnection) {
    this.#counts = databaseOf(connection).collection(collectionName);
  }

  async add(counts: readonly RefusalCount[]): Promise<void> {
    if (counts.length === 0) return;
    await this.#counts.bulkWrite(
      counts.map(({ count, ...key }) => ({
        updateOne: {
          filter: key,
          update: { $inc: { count }, $setOnInsert: { firstAt: new Date(`${key.day}T00:00:00+08:00`) } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  list(accountId: string, fromDay: string): Promise<RefusalCount[]> {
    return this.#counts
      .find<RefusalCount>(
        { accountId, day: { $gte: fromDay } },
        { projection: { _id: 0, firstAt: 0 }, sort: { day: -1, count: -1 } },
      )
      .toArray();
  }
}
