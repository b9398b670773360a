import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Places, PlacesKey, PlacesPlan, PlaceStore } from './place-store.js';

interface PlacesDocument extends Omit<Places, 'groups'> {
  quotaBy: Record<string, number>;
  /** Closed, and nobody stands in it any more who has not been told. */
  isCleared?: true;
  /** Counts what relied on it being open; only written, so that a closing meets them. */
  reliances?: number;
}

export const placesCollection = 'activity_places';

export const placeMigration: Migration = {
  id: 'activities-1-places',
  async up(db) {
    await db.collection(placesCollection).createIndexes([
      { key: { accountId: 1, activityId: 1 }, unique: true, name: 'activity' },
      { key: { isOpen: 1, isCleared: 1 }, partialFilterExpression: { isOpen: false }, name: 'uncleared' },
    ]);
  },
};

export class PlaceStoreMongo implements PlaceStore {
  readonly #places: mongo.Collection<PlacesDocument>;

  constructor(connection: MongoConnection) {
    this.#places = databaseOf(connection).collection<PlacesDocument>(placesCollection);
  }

  async plan(tx: Transaction, { quota, groups, formVersion, ...activity }: PlacesPlan): Promise<void> {
    const quotaBy = Object.fromEntries(groups.map(({ id, quota }) => [id, quota]));
    await this.#places
      .updateOne(
        keyOf(activity),
        { $set: { quota, quotaBy, formVersion }, $setOnInsert: { isOpen: true, taken: 0, takenBy: {} } },
        { upsert: true, session: sessionOf(tx) },
      )
      .catch(runAgainOnDuplicate);
  }

  async close(tx: Transaction, key: PlacesKey): Promise<void> {
    await this.#places.updateOne(keyOf(key), { $set: { isOpen: false } }, { session: sessionOf(tx) });
  }

  async find(key: PlacesKey, tx?: Transaction): Promise<Places | null> {
    const found = await this.#places.findOne(keyOf(key), tx ? { session: sessionOf(tx) } : {});
    if (found === null) return null;
    const { accountId, activityId, quota, quotaBy, formVersion, isOpen, taken, takenBy } = found;
    const groups = Object.entries(quotaBy).map(([id, quota]) => ({ id, quota }));
    return { accountId, activityId, quota, groups, formVersion, isOpen, taken, takenBy };
  }

  async take(tx: Transaction, key: PlacesKey, groupId: string, formVersion?: number): Promise<boolean> {
    const takenOfGroup = { $ifNull: [`$takenBy.${groupId}`, 0] };
    const { matchedCount } = await this.#places.updateOne(
      {
        ...openFor(key, formVersion),
        $expr: {
          $and: [{ $lt: ['$taken', '$quota'] }, { $lt: [takenOfGroup, `$quotaBy.${groupId}`] }],
        },
      },
      { $inc: { taken: 1, [`takenBy.${groupId}`]: 1 } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async release(tx: Transaction, key: PlacesKey, groupId: string): Promise<void> {
    const { matchedCount } = await this.#places.updateOne(
      { ...keyOf(key), taken: { $gte: 1 }, [`takenBy.${groupId}`]: { $gte: 1 } },
      { $inc: { taken: -1, [`takenBy.${groupId}`]: -1 } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1)
      throw new Error(`activity ${key.activityId} has no place of ${groupId} to give back`);
  }

  async holdOpen(tx: Transaction, key: PlacesKey, formVersion?: number): Promise<boolean> {
    const { matchedCount } = await this.#places.updateOne(
      openFor(key, formVersion),
      { $inc: { reliances: 1 } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  listUncleared(limit: number): Promise<PlacesKey[]> {
    return this.#places
      .find(
        { isOpen: false, isCleared: { $exists: false } },
        { projection: { _id: 0, accountId: 1, activityId: 1 } },
      )
      .limit(limit)
      .toArray();
  }

  async markCleared(key: PlacesKey): Promise<void> {
    await this.#places.updateOne({ ...keyOf(key), isOpen: false }, { $set: { isCleared: true } });
  }
}

function keyOf({ accountId, activityId }: PlacesKey): PlacesKey {
  return { accountId, activityId };
}

function openFor(key: PlacesKey, formVersion: number | undefined) {
  return { ...keyOf(key), isOpen: true, ...(formVersion !== undefined && { formVersion }) };
}
