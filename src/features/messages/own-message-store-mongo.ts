import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { StoredMessage } from './message.js';
import type { OwnMessageStore } from './own-message-store.js';

type Owner = Pick<StoredMessage, 'accountId' | 'openid'>;

export class OwnMessageStoreMongo implements OwnMessageStore {
  readonly #messages: mongo.Collection<StoredMessage>;

  constructor(connection: MongoConnection) {
    this.#messages = databaseOf(connection).collection<StoredMessage>('messages');
  }

  list({ accountId, openid }: Owner): Promise<StoredMessage[]> {
    return this.#messages
      .find({ accountId, openid }, { projection: { _id: 0 } })
      .sort({ at: -1 })
      .toArray();
  }

  async removeAll(tx: Transaction, { accountId, openid }: Owner): Promise<number> {
    const session = sessionOf(tx);
    return (await this.#messages.deleteMany({ accountId, openid }, { session })).deletedCount;
  }
}
