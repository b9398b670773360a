import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { StoredMessage } from './message.js';
import type { AddOutcome, MessageFilter, MessagePage, MessageStore } from './message-store.js';

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

/** For the list of what waits. */
export const handledMigration: Migration = {
  id: 'messages-2-handled',
  async up(db) {
    const key = { accountId: 1, handled: 1, at: -1, receipt: -1 } as const;
    await db.collection(collectionName).createIndex(key, { name: 'waiting' });
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

  findByReceipt(accountId: string, receipt: string, tx?: Transaction): Promise<StoredMessage | null> {
    const options = { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
    return this.#messages.findOne({ accountId, receipt }, options);
  }

  async list(filter: MessageFilter, { limit, after }: MessagePage): Promise<StoredMessage[]> {
    const { isHandled, ...fields } = filter;
    const last = after === undefined ? undefined : await this.findByReceipt(filter.accountId, after);
    if (last === null) return [];
    return this.#messages
      .find(
        {
          ...fields,
          ...(isHandled !== undefined && { handled: { $exists: isHandled } }),
          ...(last && { $or: placesBefore(last) }),
        },
        withoutId,
      )
      .sort({ at: -1, receipt: -1 })
      .limit(limit)
      .toArray();
  }

  countOpen(accountId: string): Promise<number> {
    return this.#messages.countDocuments({ accountId, handled: { $exists: false } });
  }

  async setHandled(
    tx: Transaction,
    { accountId, receipt }: StoredMessage,
    handled: NonNullable<StoredMessage['handled']>,
  ): Promise<void> {
    const { matchedCount } = await this.#messages.updateOne(
      { accountId, receipt, handled: { $exists: false } },
      { $set: { handled } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`the message ${receipt} has been handled`);
  }
}

const withoutId = { projection: { _id: 0 } } as const;

function placesBefore({ at, receipt }: StoredMessage) {
  return [{ at: { $lt: at } }, { at, receipt: { $lt: receipt } }];
}
