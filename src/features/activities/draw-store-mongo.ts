import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { DrawnLot } from './draw/draw-lots.js';
import type { DrawRecord, DrawStore } from './draw/draw-store.js';
import type { PlacesKey } from './place-store.js';

interface PageDocument extends PlacesKey {
  /** From 0. */
  page: number;
  entries: readonly DrawnLot[];
}

const drawsCollection = 'activity_draws';
const pagesCollection = 'activity_draw_pages';

export const drawMigration: Migration = {
  id: 'activities-3-draws',
  async up(db) {
    await db.collection(drawsCollection).createIndexes([
      { key: { accountId: 1, activityId: 1 }, unique: true, name: 'activity' },
      { key: { isSettled: 1 }, partialFilterExpression: { isSettled: false }, name: 'unsettled' },
    ]);
    await db
      .collection(pagesCollection)
      .createIndex({ accountId: 1, activityId: 1, page: 1 }, { unique: true, name: 'page' });
  },
};

export class DrawStoreMongo implements DrawStore {
  readonly #draws: mongo.Collection<DrawRecord>;
  readonly #pages: mongo.Collection<PageDocument>;

  constructor(connection: MongoConnection) {
    this.#draws = databaseOf(connection).collection<DrawRecord>(drawsCollection);
    this.#pages = databaseOf(connection).collection<PageDocument>(pagesCollection);
  }

  async add(tx: Transaction, draw: DrawRecord, pages: readonly (readonly DrawnLot[])[]): Promise<void> {
    const session = sessionOf(tx);
    await this.#draws.insertOne({ ...draw }, { session }).catch(runAgainOnDuplicate);
    const documents = pages.map((entries, page) => ({ ...keyOf(draw), page, entries }));
    if (documents.length > 0) await this.#pages.insertMany(documents, { session });
  }

  find(key: PlacesKey, tx?: Transaction): Promise<DrawRecord | null> {
    return this.#draws.findOne(keyOf(key), within(tx));
  }

  async readPage(key: PlacesKey, page: number, tx?: Transaction): Promise<DrawnLot[]> {
    const found = await this.#pages.findOne({ ...keyOf(key), page }, within(tx));
    if (found === null) throw new Error(`the draw of ${key.activityId} has no page ${page}`);
    return [...found.entries];
  }

  async readAll(key: PlacesKey): Promise<DrawnLot[]> {
    const pages = await this.#pages.find(keyOf(key), withoutId).sort({ page: 1 }).toArray();
    return pages.flatMap(({ entries }) => entries);
  }

  async settlePage(tx: Transaction, draw: DrawRecord): Promise<boolean> {
    const settledPages = draw.settledPages + 1;
    const { matchedCount } = await this.#draws.updateOne(
      { ...keyOf(draw), settledPages: draw.settledPages },
      { $set: { settledPages, isSettled: settledPages === 2 * draw.pages } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  listUnsettled(limit: number): Promise<DrawRecord[]> {
    return this.#draws.find({ isSettled: false }, withoutId).limit(limit).toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;

function within(tx: Transaction | undefined) {
  return { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
}

function keyOf({ accountId, activityId }: PlacesKey): PlacesKey {
  return { accountId, activityId };
}
