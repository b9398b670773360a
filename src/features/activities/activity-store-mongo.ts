import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Activity, Draw } from './activity.js';
import type { ActivityCursor, ActivitySelection, ActivityStore } from './activity-store.js';
import type { PlacesKey } from './place-store.js';

const collectionName = 'activities';

export const activityMigration: Migration = {
  id: 'activities-0-activities',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, activityId: 1 }, unique: true, name: 'activity' },
      { key: { accountId: 1, startsAt: -1, activityId: -1 }, name: 'list' },
      { key: { accountId: 1, state: 1, endsAt: 1 }, name: 'public' },
      { key: { state: 1, mode: 1, closesAt: 1 }, name: 'draws' },
    ]);
  },
};

export class ActivityStoreMongo implements ActivityStore {
  readonly #activities: mongo.Collection<Activity>;

  constructor(connection: MongoConnection) {
    this.#activities = databaseOf(connection).collection<Activity>(collectionName);
  }

  async add(tx: Transaction, activity: Activity): Promise<void> {
    await this.#activities.insertOne({ ...activity }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  async replace(tx: Transaction, before: Activity, after: Activity): Promise<void> {
    const { matchedCount } = await this.#activities.replaceOne(asRead(before), after, {
      session: sessionOf(tx),
    });
    if (matchedCount !== 1) throw notAsRead(before);
  }

  async remove(tx: Transaction, activity: Activity): Promise<void> {
    const { deletedCount } = await this.#activities.deleteOne(asRead(activity), { session: sessionOf(tx) });
    if (deletedCount !== 1) throw notAsRead(activity);
  }

  find(accountId: string, activityId: string, tx?: Transaction): Promise<Activity | null> {
    return this.#activities.findOne(
      { accountId, activityId },
      { ...activityOnly, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  list(selection: ActivitySelection, limit: number, before?: ActivityCursor): Promise<Activity[]> {
    return this.#activities
      .find({ ...sectionOf(selection), ...(before && endingBefore(before)) }, activityOnly)
      .sort({ startsAt: -1, activityId: -1 })
      .limit(limit)
      .toArray();
  }

  listPublic(accountId: string, now: Date): Promise<Activity[]> {
    return this.#activities
      .find({ accountId, state: { $in: ['published', 'cancelled'] }, endsAt: { $gt: now } }, activityOnly)
      .sort({ startsAt: 1, activityId: 1 })
      .toArray();
  }

  listUndrawn(now: Date, limit: number): Promise<Activity[]> {
    return this.#activities
      .find(
        { state: 'published', mode: 'lots', closesAt: { $lte: now }, 'draw.result': { $exists: false } },
        activityOnly,
      )
      .sort({ closesAt: 1 })
      .limit(limit)
      .toArray();
  }

  async recordDraw(
    tx: Transaction,
    { accountId, activityId }: PlacesKey,
    result: NonNullable<Draw['result']>,
  ): Promise<boolean> {
    const { matchedCount } = await this.#activities.updateOne(
      { accountId, activityId, state: 'published', mode: 'lots', 'draw.result': { $exists: false } },
      { $set: { 'draw.result': result } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }
}

const activityOnly = { projection: { _id: 0 } } as const;

function asRead({ accountId, activityId, revision }: Activity) {
  return { accountId, activityId, revision };
}

function notAsRead({ activityId, revision }: Activity): Error {
  return new Error(`the activity ${activityId} is not at revision ${revision}`);
}

function sectionOf({ accountId, section, now }: ActivitySelection) {
  switch (section) {
    case 'all':
      return { accountId };
    case 'draft':
    case 'cancelled':
      return { accountId, state: section };
    case 'current':
      return { accountId, state: 'published' as const, endsAt: { $gt: now } };
    case 'over':
      return { accountId, state: 'published' as const, endsAt: { $lte: now } };
  }
}

function endingBefore({ startsAt, activityId }: ActivityCursor) {
  return { $or: [{ startsAt: { $lt: startsAt } }, { startsAt, activityId: { $lt: activityId } }] };
}
