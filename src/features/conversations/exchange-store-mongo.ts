import type { mongo } from 'mongoose';
import { z } from 'zod';
import { OperationalError } from '../../core/errors.js';
import { duplicateKeyCode, isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Exchange } from './exchange.js';
import type { AppendOutcome, ExchangeStore } from './exchange-store.js';
import type { Remainder } from './outbox.js';
import { freshEntry, outboxCollection } from './outbox-store-mongo.js';
import { SaidOnceStoreMongo, type StoredAnswer } from './said-once-store-mongo.js';

const collectionName = 'exchanges';

export const exchangeMigration: Migration = {
  id: 'exchanges-1-indexes',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, openid: 1, seq: -1 }, unique: true, name: 'order' },
      { key: { accountId: 1, openid: 1, key: 1 }, unique: true, name: 'message' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

/** The part of the server's answer to `insert` that we read. */
const insertResultSchema = z.object({
  writeErrors: z.array(z.object({ index: z.int(), code: z.int(), errmsg: z.string() })).default([]),
  writeConcernError: z.object({ errmsg: z.string() }).optional(),
});

type StoredExchange = Omit<Exchange, 'answer'> & { answer: StoredAnswer };

/** A command does not inherit the connection's write concern. */
const durable = { w: 'majority', j: true };

/**
 * The journal in MongoDB. It speaks the driver and not mongoose's models, and sends `insert` as a command:
 * this is the one write of every message, and casting and measuring each document doubles its cost.
 */
export class ExchangeStoreMongo implements ExchangeStore {
  readonly #connection: MongoConnection;
  readonly #db: mongo.Db;
  readonly #exchanges: mongo.Collection<StoredExchange>;
  readonly #saidOnce: SaidOnceStoreMongo;

  constructor(connection: MongoConnection) {
    this.#connection = connection;
    this.#db = databaseOf(connection);
    this.#exchanges = this.#db.collection<StoredExchange>(collectionName);
    this.#saidOnce = new SaidOnceStoreMongo(this.#db);
  }

  findNewest(accountId: string, openid: string): Promise<Exchange | null> {
    return this.#findOne({ accountId, openid }, { sort: { seq: -1 } });
  }

  findByKey(accountId: string, openid: string, key: string): Promise<Exchange | null> {
    return this.#findOne({ accountId, openid, key });
  }

  async appendMany(exchanges: readonly Exchange[]): Promise<readonly AppendOutcome[]> {
    const documents = await this.#toDocuments(exchanges);
    const result = insertResultSchema.parse(
      await this.#db.command({
        insert: collectionName,
        documents,
        ordered: false,
        writeConcern: durable,
      }),
    );
    if (result.writeConcernError) {
      throw new OperationalError('not_durable', result.writeConcernError.errmsg);
    }
    const outcomes = exchanges.map((): AppendOutcome => 'appended');
    for (const { index, code, errmsg } of result.writeErrors) {
      if (code !== duplicateKeyCode) throw new OperationalError('write_refused', errmsg);
      outcomes[index] = 'duplicate';
    }
    return outcomes;
  }

  async appendWithRemainder(exchange: Exchange, remainder: Remainder): Promise<AppendOutcome> {
    const documents = await this.#toDocuments([exchange]);
    try {
      await this.#connection.transaction(async (session) => {
        await this.#exchanges.insertMany(
          documents.map((document) => ({ ...document })),
          { session },
        );
        await outboxCollection(this.#db).insertOne(freshEntry(remainder), { session });
      });
      return 'appended';
    } catch (error) {
      if (isDuplicateKey(error)) return 'duplicate';
      throw error;
    }
  }

  async #findOne(
    filter: Pick<Exchange, 'accountId' | 'openid'> & { key?: string },
    options: mongo.FindOptions = {},
  ): Promise<Exchange | null> {
    const found = await this.#exchanges.findOne(filter, { ...options, projection: { _id: 0 } });
    return found && { ...found, answer: await this.#saidOnce.restore(found.answer) };
  }

  async #toDocuments(exchanges: readonly Exchange[]): Promise<StoredExchange[]> {
    const answers = await this.#saidOnce.store(exchanges.map(({ answer }) => answer));
    return exchanges.map((exchange, index) => ({ ...exchange, answer: answers[index] ?? exchange.answer }));
  }
}
