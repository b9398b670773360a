import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Reconciliation, ReconciliationStore } from './reconciliation.js';

const collectionName = 'reconciliations';

export const reconciliationMigration: Migration = {
  id: 'orders-2-reconciliations',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { accountId: 1, day: -1 }, unique: true, name: 'day' }]);
  },
};

export class ReconciliationStoreMongo implements ReconciliationStore {
  readonly #reconciliations: mongo.Collection<Reconciliation>;

  constructor(connection: MongoConnection) {
    this.#reconciliations = databaseOf(connection).collection<Reconciliation>(collectionName);
  }

  async save(tx: Transaction, reconciliation: Reconciliation): Promise<void> {
    const { accountId, day } = reconciliation;
    await this.#reconciliations
      .replaceOne({ accountId, day }, reconciliation, { upsert: true, session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
  }

  find(accountId: string, day: string, tx?: Transaction): Promise<Reconciliation | null> {
    return this.#reconciliations.findOne(
      { accountId, day },
      { ...withoutId, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  list(accountId: string, limit: number): Promise<Reconciliation[]> {
    return this.#reconciliations.find({ accountId }, withoutId).sort({ day: -1 }).limit(limit).toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;
