import type { Transaction } from '../../core/transaction-runner.js';
import type { NoticeProgress, OwedNotice } from './owed-notice.js';

/** What a citizen was told, or is to be told. */
export type OwnNotice = OwedNotice & NoticeProgress;

/** As the platform names them. */
export type NoticeReceiver = Pick<OwedNotice, 'accountId' | 'openid'>;

export interface OwnNoticeStore {
  /** All of them, the latest due first. */
  list(receiver: NoticeReceiver): Promise<OwnNotice[]>;
  /** All but those that are on their way. @returns how many. */
  erase(tx: Transaction, receiver: NoticeReceiver): Promise<number>;
}
