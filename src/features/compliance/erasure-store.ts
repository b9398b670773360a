import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject } from './own-data-part.js';

/** A citizen has asked for erasure, and not everything is gone yet. */
export interface Erasure extends DataSubject {
  erasureId: string;
  requestedAt: Date;
}

/** Erasures under way; one citizen has one at most. */
export interface ErasureStore {
  /** @returns the one that is under way, where there is one already. */
  begin(tx: Transaction, erasure: Erasure): Promise<Erasure>;
  /** Nothing of it is left. False: somebody else has ended it. */
  end(tx: Transaction, erasure: Erasure): Promise<boolean>;
  /** Those that were asked for before then, the oldest first. */
  list(before: Date, limit: number): Promise<Erasure[]>;
}
