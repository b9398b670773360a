import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { DutyAlert } from './duty-alert.js';
import type { DutyAlertPage, DutyAlertSection, DutyAlertStore, DutyChange } from './duty-alert-store.js';

const collectionName = 'duty_alerts';

export const dutyAlertMigration: Migration = {
  id: 'duty-1-indexes',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, openid: 1, key: 1 }, unique: true, name: 'message' },
      { key: { accountId: 1, id: 1 }, name: 'id' },
      { key: { accountId: 1, state: 1, at: 1 }, name: 'open' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

/** Before that, texts were not sealed, and of the staff only the name was noted. */
export const dutyAlertSealedMigration: Migration = {
  id: 'duty-2-sealed',
  async up(db) {
    const alerts = db.collection(collectionName);
    await alerts.updateMany({ text: { $exists: true } }, { $unset: { text: '' }, $set: { sealed: '' } });
    await alerts.updateMany({ 'seen.by': { $type: 'string' } }, [
      { $set: { 'seen.by': { staffId: '$seen.by', name: '$seen.by' } } },
    ]);
  },
};

export class DutyAlertStoreMongo implements DutyAlertStore {
  readonly #alerts: mongo.Collection<DutyAlert>;

  constructor(connection: MongoConnection) {
    this.#alerts = databaseOf(connection).collection<DutyAlert>(collectionName);
  }

  async add(alert: DutyAlert): Promise<boolean> {
    try {
      await this.#alerts.insertOne({ ...alert });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  find(accountId: string, id: string, tx?: Transaction): Promise<DutyAlert | null> {
    return this.#alerts.findOne({ accountId, id }, { ...withoutId, ...(tx && { session: sessionOf(tx) }) });
  }

  async list(
    accountId: string,
    section: DutyAlertSection,
    { limit, after }: DutyAlertPage,
  ): Promise<DutyAlert[]> {
    const last = after === undefined ? undefined : await this.find(accountId, after);
    if (last === null) return [];
    const isActive = section === 'active';
    return this.#alerts
      .find(
        {
          accountId,
          state: isActive ? { $in: ['open', 'seen'] } : 'closed',
          ...(last && { $or: isActive ? placesAfter(last) : placesBefore(last) }),
        },
        withoutId,
      )
      .sort(isActive ? { state: 1, at: 1, id: 1 } : { at: -1, id: -1 })
      .limit(limit)
      .toArray();
  }

  countOpen(accountId: string): Promise<number> {
    return this.#alerts.countDocuments({ accountId, state: 'open' });
  }

  async change(tx: Transaction, { accountId, id, state }: DutyAlert, change: DutyChange): Promise<void> {
    const before = { accountId, id, state };
    const { matchedCount } = await this.#alerts.updateOne(
      before,
      { $set: change },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`the alert ${id} is not ${state}`);
  }
}

const withoutId = { projection: { _id: 0 } } as const;

/** `open` sorts before `seen`. */
function placesAfter({ state, at, id }: DutyAlert) {
  return [{ state: { $gt: state } }, { state, at: { $gt: at } }, { state, at, id: { $gt: id } }];
}

function placesBefore({ at, id }: DutyAlert) {
  return [{ at: { $lt: at } }, { at, id: { $lt: id } }];
}
