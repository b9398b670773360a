import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { AnsweredTime } from './answered-reader.js';
import type { Exchange } from './exchange.js';
import { outboxCollection, type OutboxDocument } from './outbox-store-mongo.js';
import type { OwnChatStore } from './own-chat-store.js';
import { SaidOnceStoreMongo, type StoredAnswer } from './said-once-store-mongo.js';

type StoredExchange = Omit<Exchange, 'answer'> & { answer: StoredAnswer };
type Owner = Pick<Exchange, 'accountId' | 'openid'>;
type Head = Pick<Exchange, 'seq' | 'key' | 'release' | 'expiresAt'>;

/** All of it goes along the index `order`. */
export class OwnChatStoreMongo implements OwnChatStore {
  readonly #exchanges: mongo.Collection<StoredExchange>;
  readonly #outbox: mongo.Collection<OutboxDocument>;
  readonly #saidOnce: SaidOnceStoreMongo;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#exchanges = db.collection<StoredExchange>('exchanges');
    this.#outbox = outboxCollection(db);
    this.#saidOnce = new SaidOnceStoreMongo(db);
  }

  async list({ accountId, openid }: Owner, after: number, limit: number): Promise<Exchange[]> {
    const found = await this.#exchanges
      .find({ accountId, openid, seq: { $gt: after } }, { projection: { _id: 0 } })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
    return Promise.all(
      found.map(async (stored) => ({ ...stored, answer: await this.#saidOnce.restore(stored.answer) })),
    );
  }

  listAnswered({ accountId, openid }: Owner, after: number, limit: number): Promise<AnsweredTime[]> {
    return this.#exchanges
      .find({ accountId, openid, seq: { $gt: after } })
      .project<AnsweredTime>({ _id: 0, seq: 1, at: 1 })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
  }

  findNewest({ accountId, openid }: Owner): Promise<Head | null> {
    return this.#exchanges.findOne<Head>(
      { accountId, openid },
      { sort: { seq: -1 }, projection: { _id: 0, seq: 1, key: 1, release: 1, expiresAt: 1 } },
    );
  }

  async append(exchange: Exchange): Promise<boolean> {
    try {
      await this.#exchanges.insertOne({ ...exchange });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async removeBefore({ accountId, openid }: Owner, seq: number, limit: number): Promise<number> {
    const last = await this.#exchanges
      .find({ accountId, openid, seq: { $lt: seq } }, { projection: { _id: 0, seq: 1 } })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray()
      .then((found) => found.at(-1));
    if (!last) return 0;
    const { deletedCount } = await this.#exchanges.deleteMany({
      accountId,
      openid,
      seq: { $lte: last.seq },
    });
    return deletedCount;
  }

  async removeOutbox({ accountId, openid }: Owner): Promise<number> {
    const settled = { accountId, openid, state: { $ne: 'sending' as const } };
    return (await this.#outbox.deleteMany(settled)).deletedCount;
  }
}
