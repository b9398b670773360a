import type { Transaction } from '../../core/transaction-runner.js';
import type { GateShares } from './bucket-shares.js';

/** The activity whose gates these are: one record each. */
export interface GatesKey {
  accountId: string;
  activityId: string;
}

export interface GateStore {
  /** Empty where nobody has opened a gate yet. */
  find(key: GatesKey, tx?: Transaction): Promise<GateShares>;
  save(tx: Transaction, key: GatesKey, shares: GateShares): Promise<void>;
  /** Writes to the record without changing it: who changes it meanwhile comes after this transaction, or before. */
  rely(tx: Transaction, key: GatesKey): Promise<void>;
}
