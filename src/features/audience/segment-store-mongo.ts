import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Segment } from './segment.js';
import type { SegmentStore } from './segment-store.js';

const collectionName = 'audience_segments';

export const segmentMigration: Migration = {
  id: 'audience-3-segments',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, id: 1 }, unique: true, name: 'segment' },
      { key: { accountId: 1, name: 1 }, unique: true, name: 'name' },
    ]);
  },
};

export class SegmentStoreMongo implements SegmentStore {
  readonly #segments: mongo.Collection<Segment>;

  constructor(connection: MongoConnection) {
    this.#segments = databaseOf(connection).collection<Segment>(collectionName);
  }

  list(accountId: string): Promise<Segment[]> {
    return this.#segments.find({ accountId }, withoutId).sort({ name: 1 }).toArray();
  }

  find(accountId: string, id: string, tx?: Transaction): Promise<Segment | null> {
    return this.#segments.findOne({ accountId, id }, within(tx));
  }

  findByName(accountId: string, name: string, tx: Transaction): Promise<Segment | null> {
    return this.#segments.findOne({ accountId, name }, within(tx));
  }

  async add(tx: Transaction, segment: Segment): Promise<void> {
    await this.#segments.insertOne({ ...segment }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  async replace(tx: Transaction, { accountId, id, revision }: Segment, after: Segment): Promise<void> {
    const { matchedCount } = await this.#segments
      .replaceOne({ accountId, id, revision }, { ...after }, { session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
    if (matchedCount !== 1) throw notAt(id, revision);
  }

  async remove(tx: Transaction, { accountId, id, revision }: Segment): Promise<void> {
    const { deletedCount } = await this.#segments.deleteOne(
      { accountId, id, revision },
      { session: sessionOf(tx) },
    );
    if (deletedCount !== 1) throw notAt(id, revision);
  }
}

const withoutId = { projection: { _id: 0 } } as const;

function within(tx: Transaction | undefined) {
  return { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
}

function notAt(id: string, revision: number): Error {
  return new Error(`the segment ${id} is not at revision ${revision}`);
}
