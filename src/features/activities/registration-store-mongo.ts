import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import { placesCollection } from './place-store-mongo.js';
import type { PlacesKey } from './place-store.js';
import type { Citizen } from './registration-desk.js';
import type {
  GroupStateCount,
  PlaceDifference,
  RegistrationCursor,
  RegistrationSelection,
  RegistrationStore,
} from './registration-store.js';
import { placedStates, type Registration, type RegistrationState } from './registration.js';

export const registrationsCollection = 'activity_registrations';

export const registrationMigration: Migration = {
  id: 'activities-2-registrations',
  async up(db) {
    await db
      .collection(registrationsCollection)
      .createIndexes([
        { key: { accountId: 1, registrationId: 1 }, unique: true, name: 'registration' },
        { key: { accountId: 1, openid: 1, requestKey: 1 }, unique: true, name: 'request' },
        uniqueWhere(
          'person_limit',
          { accountId: 1, activityId: 1, personKey: 1, ordinal: 1 },
          { ordinal: { $exists: true } },
        ),
        uniqueWhere('lot', { accountId: 1, activityId: 1, lot: 1 }, { lot: { $exists: true } }),
        indexWhere(
          'waiting_order',
          { accountId: 1, activityId: 1, groupId: 1, rank: 1, createdAt: 1, registrationId: 1 },
          { state: 'waiting' },
        ),
        indexWhere('expiring', { state: 1, until: 1 }, { until: { $exists: true } }),
        { key: { accountId: 1, activityId: 1, state: 1, groupId: 1 }, name: 'state' },
        { key: { accountId: 1, activityId: 1, createdAt: 1, registrationId: 1 }, name: 'list' },
        { key: { accountId: 1, openid: 1, createdAt: -1 }, name: 'citizen' },
        { key: { expiresAt: 1 }, name: 'retention' },
      ]);
  },
};

export class RegistrationStoreMongo implements RegistrationStore {
  readonly #registrations: mongo.Collection<Registration>;
  readonly #places: mongo.Collection;

  constructor(connection: MongoConnection) {
    this.#registrations = databaseOf(connection).collection<Registration>(registrationsCollection);
    this.#places = databaseOf(connection).collection(placesCollection);
  }

  async add(tx: Transaction, registration: Registration): Promise<void> {
    const session = sessionOf(tx);
    await this.#registrations.insertOne({ ...registration }, { session }).catch(runAgainOnDuplicate);
  }

  async replace(tx: Transaction, before: Registration, after: Registration): Promise<void> {
    const { accountId, registrationId, state } = before;
    const { matchedCount } = await this.#registrations
      .replaceOne({ accountId, registrationId, state }, { ...after }, { session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
    if (matchedCount !== 1) throw new Error(`registration ${registrationId} is not ${state}`);
  }

  find(accountId: string, registrationId: string, tx?: Transaction): Promise<Registration | null> {
    return this.#registrations.findOne({ accountId, registrationId }, within(tx));
  }

  listByIds(accountId: string, registrationIds: readonly string[]): Promise<Registration[]> {
    return this.#registrations
      .find({ accountId, registrationId: { $in: [...registrationIds] } }, withoutId)
      .toArray();
  }

  findByRequest(
    { accountId, openid }: Citizen,
    requestKey: string,
    tx?: Transaction,
  ): Promise<Registration | null> {
    return this.#registrations.findOne({ accountId, openid, requestKey }, within(tx));
  }

  findByLot(tx: Transaction, key: PlacesKey, lot: string): Promise<Registration | null> {
    return this.#registrations.findOne({ ...keyOf(key), lot }, within(tx));
  }

  findFirstWaiting(
    tx: Transaction,
    key: PlacesKey,
    groupIds: readonly string[],
  ): Promise<Registration | null> {
    return this.#registrations.findOne(
      { ...keyOf(key), groupId: { $in: [...groupIds] }, state: 'waiting' },
      { ...within(tx), sort: inLine },
    );
  }

  listOfPerson(key: PlacesKey, personKey: string, tx?: Transaction): Promise<Registration[]> {
    return this.#registrations
      .find({ ...keyOf(key), personKey, ordinal: { $exists: true } }, within(tx))
      .toArray();
  }

  listLapsedOffers(tx: Transaction, key: PlacesKey, now: number): Promise<Registration[]> {
    return this.#registrations
      .find({ ...keyOf(key), ...lapsedAt(now) }, within(tx))
      .sort({ until: 1 })
      .toArray();
  }

  listExpired(now: number, limit: number): Promise<Registration[]> {
    return this.#registrations
      .find({ state: { $in: expiring }, until: { $lte: new Date(now) } }, withoutId)
      .sort({ until: 1 })
      .limit(limit)
      .toArray();
  }

  listStanding(key: PlacesKey, limit: number): Promise<Registration[]> {
    return this.#registrations
      .find({ ...keyOf(key), state: { $in: standing } }, withoutId)
      .limit(limit)
      .toArray();
  }

  async hasUndrawn(tx: Transaction, key: PlacesKey): Promise<boolean> {
    const undrawn = { ...keyOf(key), state: 'applied', isPlaced: { $exists: false } } as const;
    return (await this.#registrations.findOne(undrawn, within(tx))) !== null;
  }

  listLots(tx: Transaction, key: PlacesKey): Promise<{ lot: string; groupId: string }[]> {
    return this.#registrations
      .find({ ...keyOf(key), state: 'applied', lot: { $exists: true } }, within(tx))
      .project<{ lot: string; groupId: string }>({ _id: 0, lot: 1, groupId: 1 })
      .toArray();
  }

  listWaitedFor(): Promise<PlacesKey[]> {
    return this.#registrations
      .aggregate<PlacesKey>([
        { $match: { state: 'waiting', until: { $exists: true } } },
        { $group: { _id: { accountId: '$accountId', activityId: '$activityId' } } },
        { $replaceRoot: { newRoot: '$_id' } },
      ])
      .toArray();
  }

  listOfCitizen({ accountId, openid }: Citizen, limit: number): Promise<Registration[]> {
    return this.#registrations
      .find({ accountId, openid }, withoutId)
      .sort({ createdAt: -1 })
      .limit(limit)
      .toArray();
  }

  list(
    { accountId, activityId, groupId, states }: RegistrationSelection,
    limit: number,
    after?: RegistrationCursor,
  ): Promise<Registration[]> {
    return this.#registrations
      .find(
        {
          accountId,
          activityId,
          ...(groupId !== undefined && { groupId }),
          ...(states && { state: { $in: [...states] } }),
          ...(after && { $or: [{ createdAt: { $gt: after.createdAt } }, sameMoment('$gt', after)] }),
        },
        withoutId,
      )
      .sort({ createdAt: 1, registrationId: 1 })
      .limit(limit)
      .toArray();
  }

  countLapsedOffers(key: PlacesKey, now: number): Promise<number> {
    return this.#registrations.countDocuments({ ...keyOf(key), ...lapsedAt(now) });
  }

  countBefore(registration: Registration): Promise<number> {
    const { groupId, rank, createdAt } = registration;
    const before = [
      { rank: { $lt: rank } },
      { rank, createdAt: { $lt: createdAt } },
      { rank, ...sameMoment('$lt', registration) },
    ];
    return this.#registrations.countDocuments({
      ...keyOf(registration),
      groupId,
      state: 'waiting',
      $or: before,
    });
  }

  countByState(key: PlacesKey): Promise<GroupStateCount[]> {
    return this.#registrations
      .aggregate<GroupStateCount>([
        { $match: keyOf(key) },
        { $group: { _id: { groupId: '$groupId', state: '$state' }, count: { $sum: 1 } } },
        { $replaceRoot: { newRoot: { $mergeObjects: ['$_id', { count: '$count' }] } } },
        { $sort: { groupId: 1, state: 1 } },
      ])
      .toArray();
  }

  reconcile(accountId?: string): Promise<PlaceDifference[]> {
    const account = accountId === undefined ? {} : { accountId };
    const placed = { ...account, $or: [{ state: { $in: [...placedStates] } }, { isPlaced: true }] };
    const fields = { _id: 0, accountId: 1, activityId: 1, groupId: 1 };
    return this.#places
      .aggregate<PlaceDifference>(
        [
          { $match: account },
          { $set: { group: { $objectToArray: '$takenBy' } } },
          { $unwind: '$group' },
          { $project: { ...fields, groupId: '$group.k', taken: '$group.v' } },
          {
            $unionWith: {
              coll: registrationsCollection,
              pipeline: [{ $match: placed }, { $project: { ...fields, records: { $literal: 1 } } }],
            },
          },
          {
            $group: {
              _id: { accountId: '$accountId', activityId: '$activityId', groupId: '$groupId' },
              taken: { $sum: '$taken' },
              records: { $sum: '$records' },
            },
          },
          { $match: { $expr: { $ne: ['$taken', '$records'] } } },
          {
            $replaceRoot: {
              newRoot: { $mergeObjects: ['$_id', { taken: '$taken', records: '$records' }] },
            },
          },
        ],
        { readConcern: { level: 'snapshot' }, allowDiskUse: true },
      )
      .toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;
const expiring: RegistrationState[] = ['offered', 'waiting'];
const standing: RegistrationState[] = ['applied', 'held', 'waiting', 'offered', 'confirmed'];
/** Of the waiting list: who is first. */
const inLine = { rank: 1, createdAt: 1, registrationId: 1 } as const;

function within(tx: Transaction | undefined) {
  return { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
}

function keyOf({ accountId, activityId }: PlacesKey): PlacesKey {
  return { accountId, activityId };
}

function lapsedAt(now: number) {
  return { state: 'offered', until: { $lte: new Date(now) } } as const;
}

function sameMoment(side: '$gt' | '$lt', { createdAt, registrationId }: RegistrationCursor) {
  return { createdAt, registrationId: { [side]: registrationId } };
}

function indexWhere(name: string, key: Record<string, 1 | -1>, partialFilterExpression: object) {
  return { key, partialFilterExpression, name };
}

function uniqueWhere(...index: Parameters<typeof indexWhere>) {
  return { ...indexWhere(...index), unique: true };
}
