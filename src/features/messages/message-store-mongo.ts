import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { StoredMessage } from './message.js';
import type { AddOutcome, MessageStore } from './message-store.js';

const collectionName = 'messages';

export const messageMigration: Migration = {
  id: 'messages-1-indexes',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, openid: 1, key: 1 }, unique: true, name: 'message' },
      { key: { accountId: 1, receipt: 1 }, unique: true, name: 'receipt' },
      { key: { accountId: 1, at: -1 }, name: 'latest' },
      {
        key: { accountId: 1, phoneHash: 1, at: -1 },
        partialFilterExpression: { phoneHash: { $exists: true } },
        name: 'phone',
      },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

export class MessageStoreMongo implements MessageStore {
  readonly #messages: mongo.Collection<StoredMessage>;

  constructor(connection: MongoConnection) {
    this.#messages = databaseOf(connection).collection<StoredMessage>(collectionName);
  }

  async add(message: StoredMessage): Promise<AddOutcome> {
    try {
      await this.#messages.insertOne({ ...message });
      return { kind: 'added' };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { accountId, openid, key } = message;
      const stored = await this.#messages.findOne({ accountId, openid, key }, withoutId);
      return stored === null ? { kind: 'receipt_taken' } : { kind: 'repeated', stored };
    }
  }

  findByReceipt(accountId: string, receipt: string): Promise<StoredMessage | null> {
    return this.#messages.findOne({ accountId, receipt }, withoutId);
  }

  list(accountId: string, limit: number): Promise<StoredMessage[]> {
    return this.#messages.find({ accountId }, { ...withoutId, ...latestFirst, limit }).toArray();
  }

  listByPhone(accountId: string, phoneHash: string, limit: number): Promise<StoredMessage[]> {
    return this.#messages.find({ accountId, phoneHash }, { ...withoutId, ...latestFirst, limit }).toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;
const latestFirst = { sort: { at: -1 } } as const;
