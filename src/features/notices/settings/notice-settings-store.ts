import type { Transaction } from '../../../core/transaction-runner.js';
import type { NoticePerson } from '../notice.js';
import type { QuietHours } from '../quiet-hours.js';

/** A text for emergencies that is written and agreed beforehand. */
export interface NoticePreset {
  accountId: string;
  id: string;
  title: string;
  text: string;
  updatedAt: Date;
  updatedBy: NoticePerson;
}

/** What an account keeps for all its notices. */
export interface NoticeSettingsStore {
  readQuietHours(accountId: string, tx?: Transaction): Promise<QuietHours | null>;
  setQuietHours(tx: Transaction, accountId: string, quietHours: QuietHours | null): Promise<void>;
  /** Once for ever. @returns false: they were given before. */
  markDemoGiven(tx: Transaction, accountId: string): Promise<boolean>;

  /** In the order in which they were written. */
  listPresets(accountId: string, tx?: Transaction): Promise<NoticePreset[]>;
  addPreset(tx: Transaction, preset: NoticePreset): Promise<void>;
  /** @returns false: it is gone. */
  replacePreset(tx: Transaction, preset: NoticePreset): Promise<boolean>;
  removePreset(tx: Transaction, preset: Pick<NoticePreset, 'accountId' | 'id'>): Promise<void>;
}
