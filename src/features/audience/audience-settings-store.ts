import type { Actor } from '../../core/actor.js';
import type { Transaction } from '../../core/transaction-runner.js';

/** What staff have set about the audience of an account. */
export interface AudienceSettingsRecord {
  accountId: string;
  /** What citizens can choose from, in this order. */
  districts: readonly string[];
  /** Raised by each change. */
  revision: number;
  updatedAt: Date;
  updatedBy: Actor['by'];
}

export interface AudienceSettingsStore {
  find(accountId: string, tx?: Transaction): Promise<AudienceSettingsRecord | null>;
  /** Puts them where the transaction has read the revision before, or nothing. */
  put(tx: Transaction, settings: AudienceSettingsRecord): Promise<void>;
}
