import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { CheckIn } from './check-in.js';
import type { CheckInStore } from './check-in-store.js';

export const checkInsCollection = 'check_ins';

export const checkInMigration: Migration = {
  id: 'tickets-4-check-ins',
  async up(db) {
    await db.collection(checkInsCollection).createIndexes([
      { key: { accountId: 1, checkInId: 1 }, unique: true, name: 'check_in' },
      { key: { accountId: 1, device: 1, requestId: 1 }, unique: true, name: 'request' },
      {
        key: { accountId: 1, ticketId: 1 },
        unique: true,
        partialFilterExpression: { state: 'in' },
        name: 'once',
      },
      {
        key: { accountId: 1, activityId: 1, at: -1 },
        partialFilterExpression: { state: 'disputed' },
        name: 'disputed',
      },
      { key: { expiresAt: 1 }, name: 'retention' },
    ]);
  },
};

export class CheckInStoreMongo implements CheckInStore {
  readonly #checkIns: mongo.Collection<CheckIn>;

  constructor(connection: MongoConnection) {
    this.#checkIns = databaseOf(connection).collection<CheckIn>(checkInsCollection);
  }

  async add(tx: Transaction, checkIn: CheckIn): Promise<void> {
    await this.#checkIns.insertOne({ ...checkIn }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  find(tx: Transaction, accountId: string, checkInId: string): Promise<CheckIn | null> {
    return this.#checkIns.findOne({ accountId, checkInId }, { ...whole, session: sessionOf(tx) });
  }

  findByRequest(
    tx: Transaction,
    { accountId, device, requestId }: Pick<CheckIn, 'accountId' | 'device' | 'requestId'>,
  ): Promise<CheckIn | null> {
    return this.#checkIns.findOne({ accountId, device, requestId }, { ...whole, session: sessionOf(tx) });
  }

  async undo(tx: Transaction, accountId: string, checkInId: string): Promise<void> {
    const { matchedCount } = await this.#checkIns.updateOne(
      { accountId, checkInId, state: 'in' },
      { $set: { state: 'undone' } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`check-in ${checkInId} let nobody in`);
  }

  listDisputed(accountId: string, activityId: string, limit: number): Promise<CheckIn[]> {
    return this.#checkIns
      .find({ accountId, activityId, state: 'disputed' }, whole)
      .sort({ at: -1 })
      .limit(limit)
      .toArray();
  }

  countDisputed(accountId: string, activityId: string): Promise<number> {
    return this.#checkIns.countDocuments({ accountId, activityId, state: 'disputed' });
  }
}

const whole = { projection: { _id: 0 } } as const;
