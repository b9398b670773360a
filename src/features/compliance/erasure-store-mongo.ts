import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Erasure, ErasureStore } from './erasure-store.js';

const collectionName = 'erasures';

export const erasureMigration: Migration = {
  id: 'compliance-1-erasures',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, openid: 1 }, unique: true, name: 'citizen' },
      { key: { requestedAt: 1 }, name: 'order' },
    ]);
  },
};

export class ErasureStoreMongo implements ErasureStore {
  readonly #erasures: mongo.Collection<Erasure>;

  constructor(connection: MongoConnection) {
    this.#erasures = databaseOf(connection).collection<Erasure>(collectionName);
  }

  async begin(tx: Transaction, { accountId, openid, ...fresh }: Erasure): Promise<Erasure> {
    const found = await this.#erasures
      .findOneAndUpdate(
        { accountId, openid },
        { $setOnInsert: fresh },
        { upsert: true, returnDocument: 'after', projection: { _id: 0 }, session: sessionOf(tx) },
      )
      .catch(runAgainOnDuplicate);
    return found ?? { accountId, openid, ...fresh };
  }

  async end(tx: Transaction, { accountId, openid, erasureId }: Erasure): Promise<boolean> {
    const { deletedCount } = await this.#erasures.deleteOne(
      { accountId, openid, erasureId },
      { session: sessionOf(tx) },
    );
    return deletedCount === 1;
  }

  list(before: Date, limit: number): Promise<Erasure[]> {
    return this.#erasures
      .find({ requestedAt: { $lte: before } }, { projection: { _id: 0 } })
      .sort({ requestedAt: 1 })
      .limit(limit)
      .toArray();
  }
}
