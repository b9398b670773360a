import type { Transaction } from '../../core/transaction-runner.js';
import type { NoticeProgress, OwedNotice, ReportedNoticeState } from './owed-notice.js';

/** The ways in which a message ends without having arrived for certain. */
export const undeliveredStates = ['refused', 'failed', 'unknown'] as const;
export type UndeliveredState = (typeof undeliveredStates)[number];

/** A message that did not reach its citizen, or perhaps not. */
export type UndeliveredNotice = OwedNotice &
  NoticeProgress & { id: string; state: UndeliveredState; endedAt: Date };

/** What the platform has reported of a template message, by the id under which it took it. */
export interface NoticeReport {
  accountId: string;
  messageId: string;
  state: ReportedNoticeState;
  /** Why it failed. */
  reason?: string;
}

/** Messages about one kind of subject. */
export interface NoticesOf {
  accountId: string;
  subjectKind: string;
}

export interface UndeliveredNoticeStore {
  /** The latest first. @param after the id of the last one of the page before. */
  list(of: NoticesOf, page: { limit: number; after?: string }): Promise<UndeliveredNotice[]>;
  find(tx: Transaction, of: NoticesOf, id: string): Promise<UndeliveredNotice | null>;
  /** Makes it wait again, from now on. @returns false: it is not undelivered any more. */
  repeat(tx: Transaction, notice: UndeliveredNotice, now: Date): Promise<boolean>;
  /** Writes down what is reported; may be repeated. @returns the ids of those messages that are on record. */
  settle(reports: readonly NoticeReport[]): Promise<ReadonlySet<string>>;
}
