import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { DutyAlert } from './duty-alert.js';
import type { DutyAlertStore } from './duty-alert-store.js';

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

  listOpen(accountId: string, limit: number): Promise<DutyAlert[]> {
    return this.#alerts
      .find({ accountId, state: 'open' }, { projection: { _id: 0 }, sort: { at: 1 }, limit })
      .toArray();
  }

  async markSeen(accountId: string, id: string, seen: NonNullable<DutyAlert['seen']>): Promise<boolean> {
    const { modifiedCount } = await this.#alerts.updateOne(
      { accountId, id, state: 'open' },
      { $set: { state: 'seen', seen } },
    );
    return modifiedCount === 1;
  }
}
