import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { StoredTicketKey, TicketKeyStore } from './ticket-store.js';

const collectionName = 'ticket_keys';

export const ticketKeyMigration: Migration = {
  id: 'tickets-2-keys',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { accountId: 1 }, unique: true, name: 'account' }]);
  },
};

export class TicketKeyStoreMongo implements TicketKeyStore {
  readonly #keys: mongo.Collection<StoredTicketKey>;

  constructor(connection: MongoConnection) {
    this.#keys = databaseOf(connection).collection<StoredTicketKey>(collectionName);
  }

  find(accountId: string): Promise<StoredTicketKey | null> {
    return this.#keys.findOne({ accountId }, { projection: { _id: 0 } });
  }

  async keep(key: StoredTicketKey): Promise<StoredTicketKey> {
    await this.#keys.insertOne({ ...key }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
    const kept = await this.find(key.accountId);
    if (kept === null) throw new Error(`the ticket key of ${key.accountId} is gone`);
    return kept;
  }
}
