import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { CountSum, DailyCount } from './daily-count.js';
import type { DailyCountStore } from './daily-count-store.js';

const countsName = 'daily_counts';
const positionsName = 'daily_count_positions';
/** As long as chat records are kept by default: what the counts were made of is gone then, too. */
const keptMs = 92 * 86_400_000;

export const dailyCountMigration: Migration = {
  id: 'daily-counts-1-collections',
  async up(db) {
    await db.collection(countsName).createIndexes([
      { key: { accountId: 1, day: 1, kind: 1, id: 1 }, unique: true, name: 'count' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
    const present = await db.listCollections({ name: positionsName }).toArray();
    // A transaction that has to make a collection locks out the others.
    if (present.length === 0) await db.createCollection(positionsName);
  },
};

export type DailyCountDocument = Required<DailyCount> & { expiresAt: Date };

interface PositionDocument {
  _id: 'answers';
  position: string;
}

export class DailyCountStoreMongo implements DailyCountStore {
  readonly #connection: MongoConnection;
  readonly #counts: mongo.Collection<DailyCountDocument>;
  readonly #positions: mongo.Collection<PositionDocument>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#connection = connection;
    this.#counts = db.collection(countsName);
    this.#positions = db.collection(positionsName);
  }

  async findPosition(beginning: string): Promise<string> {
    const found = await this.#positions.findOneAndUpdate(
      { _id: 'answers' },
      { $setOnInsert: { position: beginning } },
      { upsert: true, returnDocument: 'after' },
    );
    return found?.position ?? beginning;
  }

  async record({ from, to }: { from: string; to: string }, counts: readonly DailyCount[]): Promise<boolean> {
    let isMine = false;
    await this.#connection.transaction(async (session) => {
      // First of all: two that count the same stretch collide here, before either has written more.
      const { matchedCount } = await this.#positions.updateOne(
        { _id: 'answers', position: from },
        { $set: { position: to } },
        { session },
      );
      isMine = matchedCount === 1;
      if (isMine) await addCounts(this.#counts, counts, session);
    });
    return isMine;
  }

  sumSince(accountId: string, day: string): Promise<CountSum[]> {
    return this.#counts
      .aggregate<CountSum>([
        { $match: { accountId, day: { $gte: day } } },
        {
          $group: {
            _id: { kind: '$kind', id: '$id' },
            answers: { $sum: '$answers' },
            unanswered: { $sum: '$unanswered' },
          },
        },
        { $replaceWith: { $mergeObjects: ['$_id', { answers: '$answers', unanswered: '$unanswered' }] } },
      ])
      .toArray();
  }
}

export function dailyCountsOf(connection: MongoConnection): mongo.Collection<DailyCountDocument> {
  return databaseOf(connection).collection(countsName);
}

/** Adds counts as a part of a transaction. */
export async function addCounts(
  collection: mongo.Collection<DailyCountDocument>,
  counts: readonly DailyCount[],
  session: mongo.ClientSession,
): Promise<void> {
  if (counts.length === 0) return;
  await collection.bulkWrite(
    counts.map(({ accountId, day, kind, id, answers = 0, unanswered = 0 }) => ({
      updateOne: {
        filter: { accountId, day, kind, id },
        update: {
          $inc: { answers, unanswered },
          $setOnInsert: { expiresAt: new Date(Date.parse(day) + keptMs) },
        },
        upsert: true,
      },
    })),
    { session, ordered: false },
  );
}
