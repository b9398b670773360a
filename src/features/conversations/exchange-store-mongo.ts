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

/** A command does not inherit the connection's write concern. */
const durable = { w: 'majority', j: true };

/**
 * The journal in MongoDB. It speaks the driver and not mongoose's models, and sends `insert` as a command:
 * this is the one write of every message, and casting and measuring each document doubles its cost.
 */
export class ExchangeStoreMongo implements ExchangeStore {
  readonly #connection: MongoConnection;
  readonly #db: mongo.Db;
  readonly #exchanges: mongo.Collection<Exchange>;

  constructor(connection: MongoConnection) {
    this.#connection = connection;
    this.#db = databaseOf(connection);
    this.#exchanges = this.#db.collection<Exchange>(collectionName);
  }

  findNewest(accountId: string, openid: string): Promise<Exchange | null> {
    return this.#exchanges.findOne({ accountId, openid }, { sort: { seq: -1 }, projection: { _id: 0 } });
  }

  findByKey(accountId: string, openid: string, key: string): Promise<Exchange | null> {
    return this.#exchanges.findOne({ accountId, openid, key }, { projection: { _id: 0 } });
  }

  async appendMany(exchanges: readonly Exchange[]): Promise<readonly AppendOutcome[]> {
    const result = insertResultSchema.parse(
      await this.#db.command({
        insert: collectionName,
        documents: exchanges,
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
    try {
      await this.#connection.transaction(async (session) => {
        await this.#exchanges.insertOne({ ...exchange }, { session });
        await outboxCollection(this.#db).insertOne(freshEntry(remainder), { session });
      });
      return 'appended';
    } catch (error) {
      if (isDuplicateKey(error)) return 'duplicate';
      throw error;
    }
  }
}
