import type { Transaction } from '../../core/transaction-runner.js';
import type { Notice, NoticeHold, NoticeSize, NoticeState } from './notice.js';

export interface NoticeRef {
  accountId: string;
  id: string;
}

/** Notices. Every change names what it expects and tells whether it was so. */
export interface NoticeStore {
  add(tx: Transaction, notice: Notice): Promise<void>;
  find(ref: NoticeRef, tx?: Transaction): Promise<Notice | null>;
  /** The newest first. */
  list(
    accountId: string,
    page: { limit: number; before?: string; states?: readonly NoticeState[] },
  ): Promise<Notice[]>;
  /** Puts `after` where revision and state are still those of `before`. False: they are not. */
  replace(tx: Transaction, before: Notice, after: Notice): Promise<boolean>;

  // What workers do, of all accounts.

  /** Takes one that is to be prepared, for so long; null: none. Emergency notices first, then the oldest. */
  claimPreparing(now: Date, leaseUntil: Date): Promise<Notice | null>;
  /** @returns false: it is no longer this preparation, or no longer wanted. */
  finishPreparing(notice: Notice, prepared: { size: NoticeSize; hash: string }): Promise<boolean>;
  /** Back to a draft with a remark. */
  failPreparing(notice: Notice, remark: string): Promise<void>;
  /** Scheduled notices whose time has come begin to send; those on hold until now go on. @returns how many. */
  startDue(now: Date): Promise<number>;
  /** Those that are being sent, emergency notices first. */
  listSending(): Promise<Notice[]>;
  /** Only while it is being sent; @returns false: it is not. */
  hold(ref: NoticeRef, hold: NoticeHold): Promise<boolean>;
  /** Only while it is being sent. */
  finish(ref: NoticeRef, at: Date): Promise<boolean>;
}
