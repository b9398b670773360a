import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Disclosure, DisclosureStore } from './disclosure-store.js';

const collectionName = 'disclosures';

export const disclosureMigration: Migration = {
  id: 'disclosures-1-indexes',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { accountId: 1, receipt: 1, at: 1 }, name: 'message' }]);
  },
};

export class DisclosureStoreMongo implements DisclosureStore {
  readonly #disclosures: mongo.Collection<Disclosure>;

  constructor(connection: MongoConnection) {
    this.#disclosures = databaseOf(connection).collection<Disclosure>(collectionName);
  }

  async append(disclosure: Disclosure): Promise<void> {
    await this.#disclosures.insertOne({ ...disclosure });
  }
}
