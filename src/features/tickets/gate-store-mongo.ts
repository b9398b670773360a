import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import { noShares, type GateShares } from './bucket-shares.js';
import type { GatesKey, GateStore } from './gate-store.js';

interface GatesDocument extends GatesKey, GateShares {
  /** Only counted, so that transactions that relied on the record meet those that change it. */
  reliances: number;
}

const collectionName = 'check_in_gates';

export const gateMigration: Migration = {
  id: 'tickets-3-gates',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { accountId: 1, activityId: 1 }, unique: true, name: 'activity' }]);
  },
};

export class GateStoreMongo implements GateStore {
  readonly #gates: mongo.Collection<GatesDocument>;

  constructor(connection: MongoConnection) {
    this.#gates = databaseOf(connection).collection<GatesDocument>(collectionName);
  }

  async find({ accountId, activityId }: GatesKey, tx?: Transaction): Promise<GateShares> {
    const found = await this.#gates.findOne(
      { accountId, activityId },
      { projection: { _id: 0, gates: 1, queries: 1, departed: 1 }, ...(tx && { session: sessionOf(tx) }) },
    );
    return found ?? noShares;
  }

  async save(tx: Transaction, key: GatesKey, { gates, queries, departed }: GateShares): Promise<void> {
    await this.#write(tx, key, { $set: { gates, queries, departed }, $setOnInsert: { reliances: 0 } });
  }

  async rely(tx: Transaction, key: GatesKey): Promise<void> {
    await this.#write(tx, key, { $inc: { reliances: 1 }, $setOnInsert: noShares });
  }

  async #write(
    tx: Transaction,
    { accountId, activityId }: GatesKey,
    update: mongo.UpdateFilter<GatesDocument>,
  ): Promise<void> {
    await this.#gates
      .updateOne({ accountId, activityId }, update, { upsert: true, session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
  }
}
