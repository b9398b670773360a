import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Snapshot, SnapshotStore } from './snapshot-store.js';

const snapshotsName = 'draft_snapshots';

export async function prepareSnapshots(db: MongoDatabase): Promise<void> {
  await db.collection(snapshotsName).createIndexes([
    { key: { accountId: 1, id: 1 }, unique: true, name: 'id' },
    { key: { accountId: 1, at: -1 }, name: 'list' },
  ]);
}

export class SnapshotStoreMongo implements SnapshotStore {
  readonly #snapshots: mongo.Collection<Snapshot>;

  constructor(connection: MongoConnection) {
    this.#snapshots = databaseOf(connection).collection(snapshotsName);
  }

  async add(tx: Transaction, snapshot: Snapshot): Promise<void> {
    await this.#snapshots.insertOne({ ...snapshot }, { session: sessionOf(tx) });
  }

  find(accountId: string, id: string): Promise<Snapshot | null> {
    return this.#snapshots.findOne({ accountId, id }, withoutId);
  }

  list(accountId: string, limit: number): Promise<Snapshot[]> {
    return this.#snapshots.find({ accountId }, withoutId).sort({ at: -1, id: 1 }).limit(limit).toArray();
  }
}

const withoutId = { projection: { _id: 0 } };
