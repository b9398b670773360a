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
  /**
   * Puts `after` where revision, state, preparation and the number of approvals are still those of `before`.
   * False: they are not.
   */
  replace(tx: Transaction, before: Notice, after: Notice): Promise<boolean>;
  /** Where it still is as `before`. */
  remove(tx: Transaction, before: Notice): Promise<boolean>;

  // What workers do, of all accounts.

  /** Takes one that is to be prepared, for so long; null: none. Emergency notices first, then the oldest. */
  claimPreparing(now: Date, leaseUntil: Date): Promise<Notice | null>;
  /** @returns false: it is no longer this preparation, or no longer wanted. */
  finishPreparing(notice: Notice, prepared: { size: NoticeSize; hash: string }): Promise<boolean>;
  /** Back to a draft with a remark. */
  failPreparing(notice: Notice, remark: string): Promise<void>;
  /** Scheduled notices whose time has come, and paused ones whose hold is over; see NoticeStarter. */
  listDue(now: Date): Promise<Notice[]>;
  /** Where it still is as `due`: it begins to send, or goes on. */
  start(due: Notice, now: Date): Promise<boolean>;
  /** Where it still is as `due`: not before `until`. */
  postpone(due: Notice, until: Date): Promise<boolean>;
  /** Those that are being sent, emergency notices first. */
  listSending(): Promise<Notice[]>;
  /** Only while it is being sent; @returns false: it is not. */
  hold(ref: NoticeRef, hold: NoticeHold): Promise<boolean>;
  /** Only while it is being sent. */
  finish(ref: NoticeRef, at: Date): Promise<boolean>;
  /** Those that were cancelled after their rows had been written, until `settle`: what waits is to be called off. */
  listUnsettled(): Promise<Notice[]>;
  settle(ref: NoticeRef): Promise<void>;
}
