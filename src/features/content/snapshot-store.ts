import type { Transaction } from '../../core/transaction-runner.js';
import type { Editor } from './draft-store.js';

/** A state of the draft that was kept under a name. */
export interface Snapshot {
  id: string;
  accountId: string;
  name: string;
  /** Names the frozen content. */
  hash: string;
  draftRevision: number;
  by: Editor;
  /** UTC. */
  at: Date;
}

export interface SnapshotStore {
  add(tx: Transaction, snapshot: Snapshot): Promise<void>;
  find(accountId: string, id: string): Promise<Snapshot | null>;
  /** The newest first. */
  list(accountId: string, limit: number): Promise<Snapshot[]>;
}
