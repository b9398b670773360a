import { mongo } from 'mongoose';
import { duplicateKeyCode, isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Citizen, SubscriptionChange } from './citizen.js';
import type { CitizenStore, FirstContact } from './citizen-store.js';

const collectionName = 'citizens';
/** Nobody follows and leaves more often than this for honest reasons; the newest are kept. */
const keptSubscriptions = 50;

export const citizenMigration: Migration = {
  id: 'citizens-1-indexes',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { accountId: 1, openid: 1 }, unique: true, name: 'citizen' }]);
  },
};

export class CitizenStoreMongo implements CitizenStore {
  readonly #citizens: mongo.Collection<Citizen>;

  constructor(connection: MongoConnection) {
    this.#citizens = databaseOf(connection).collection<Citizen>(collectionName);
  }

  find(accountId: string, openid: string): Promise<Citizen | null> {
    return this.#citizens.findOne({ accountId, openid }, { projection: { _id: 0 } });
  }

  async ensureMany(contacts: readonly FirstContact[]): Promise<void> {
    try {
      await this.#citizens.bulkWrite(
        contacts.map(({ accountId, openid, at }) => ({
          updateOne: {
            filter: { accountId, openid },
            update: { $setOnInsert: { firstContactAt: at, subscriptions: [] } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      // Two nodes met the same citizen at once: the other one's upsert did it.
      if (!isOnlyDuplicates(error)) throw error;
    }
  }

  async recordSubscription(accountId: string, openid: string, change: SubscriptionChange): Promise<void> {
    await this.#keepChange(accountId, openid, change);
    await this.#citizens.updateOne(
      {
        accountId,
        openid,
        $or: [{ subscriptionChangedAt: { $exists: false } }, { subscriptionChangedAt: { $lte: change.at } }],
      },
      change.kind === 'follow' ? followedAt(change.at) : leftAt(change.at),
    );
  }

  async #keepChange(accountId: string, openid: string, change: SubscriptionChange): Promise<void> {
    const withoutIt = { accountId, openid, 'subscriptions.key': { $ne: change.key } };
    const push = {
      $push: { subscriptions: { $each: [change], $sort: { at: 1 as const }, $slice: -keptSubscriptions } },
    };
    try {
      await this.#citizens.updateOne(
        withoutIt,
        { $setOnInsert: { firstContactAt: change.at }, ...push },
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Somebody of that name exists: with this change already, or made by another event a moment ago.
      await this.#citizens.updateOne(withoutIt, push);
    }
  }
}

/** Reachable again, unless a message was refused later still. */
function followedAt(at: Date): mongo.Document[] {
  const refusedLater = { $gt: ['$unreachable.at', at] };
  return [
    {
      $set: {
        subscribed: true,
        subscriptionChangedAt: at,
        subscribedAt: at,
        unreachable: { $cond: [refusedLater, '$unreachable', '$$REMOVE'] },
      },
    },
  ];
}

function leftAt(at: Date): mongo.UpdateFilter<Citizen> {
  return { $set: { subscribed: false, subscriptionChangedAt: at }, $unset: { tagIds: '' } };
}

function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return isDuplicateKey(error);
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return errors.every(({ code }) => code === duplicateKeyCode);
}
