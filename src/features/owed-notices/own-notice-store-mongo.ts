import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import { owedNoticesName } from './owed-notice-migrations-store-mongo.js';
import type { NoticeReceiver, OwnNotice, OwnNoticeStore } from './own-notice-store.js';

export class OwnNoticeStoreMongo implements OwnNoticeStore {
  readonly #notices: mongo.Collection<OwnNotice>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<OwnNotice>(owedNoticesName);
  }

  list({ accountId, openid }: NoticeReceiver): Promise<OwnNotice[]> {
    return this.#notices
      .find({ accountId, openid }, { projection: { _id: 0 } })
      .sort({ dueAt: -1 })
      .toArray();
  }

  async erase(tx: Transaction, { accountId, openid }: NoticeReceiver): Promise<number> {
    const { deletedCount } = await this.#notices.deleteMany(
      { accountId, openid, state: { $ne: 'sending' } },
      { session: sessionOf(tx) },
    );
    return deletedCount;
  }
}
