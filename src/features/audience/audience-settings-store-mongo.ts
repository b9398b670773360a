import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { AudienceSettingsRecord, AudienceSettingsStore } from './audience-settings-store.js';

const collectionName = 'audience_settings';

export const audienceSettingsMigration: Migration = {
  id: 'audience-4-settings',
  async up(db) {
    await db.collection(collectionName).createIndex({ accountId: 1 }, { unique: true, name: 'account' });
  },
};

export class AudienceSettingsStoreMongo implements AudienceSettingsStore {
  readonly #settings: mongo.Collection<AudienceSettingsRecord>;

  constructor(connection: MongoConnection) {
    this.#settings = databaseOf(connection).collection<AudienceSettingsRecord>(collectionName);
  }

  find(accountId: string, tx?: Transaction): Promise<AudienceSettingsRecord | null> {
    const options = { projection: { _id: 0 }, ...(tx && { session: sessionOf(tx) }) };
    return this.#settings.findOne({ accountId }, options);
  }

  async put(tx: Transaction, settings: AudienceSettingsRecord): Promise<void> {
    const { accountId, revision } = settings;
    const session = sessionOf(tx);
    if (revision === 1) {
      await this.#settings.insertOne({ ...settings }, { session }).catch(runAgainOnDuplicate);
      return;
    }
    const before = { accountId, revision: revision - 1 };
    const { matchedCount } = await this.#settings.replaceOne(before, { ...settings }, { session });
    if (matchedCount !== 1) throw new Error(`the settings of ${accountId} are not at ${before.revision}`);
  }
}
