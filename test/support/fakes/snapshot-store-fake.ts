import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { Snapshot, SnapshotStore } from '../../../src/features/content/snapshot-store.js';
import { setOrRestore } from './set-or-restore.js';

/** Snapshots in memory. */
export class SnapshotStoreFake implements SnapshotStore {
  readonly #snapshots = new Map<string, Snapshot>();

  async add(tx: Transaction, snapshot: Snapshot): Promise<void> {
    setOrRestore(tx, this.#snapshots, `${snapshot.accountId} ${snapshot.id}`, snapshot);
  }

  async find(accountId: string, id: string): Promise<Snapshot | null> {
    return this.#snapshots.get(`${accountId} ${id}`) ?? null;
  }

  async list(accountId: string, limit: number): Promise<Snapshot[]> {
    return [...this.#snapshots.values()]
      .filter((snapshot) => snapshot.accountId === accountId)
      .sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }
}
