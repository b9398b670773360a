import type { Transaction } from '../../core/transaction-runner.js';
import type { DutyAlert } from './duty-alert.js';

/** `active`: open ones, then those that were seen, the oldest of each first. `closed`: the latest first. */
export type DutyAlertSection = 'active' | 'closed';

export interface DutyAlertPage {
  limit: number;
  /** Id of the last alert of the page before. */
  after?: string;
}

export type DutyChange = Pick<DutyAlert, 'state' | 'seen' | 'closed'>;

export interface DutyAlertStore {
  /** Keeps an alert once per (accountId, openid, key). False: it was there. */
  add(alert: DutyAlert): Promise<boolean>;
  find(accountId: string, id: string, tx?: Transaction): Promise<DutyAlert | null>;
  list(accountId: string, section: DutyAlertSection, page: DutyAlertPage): Promise<DutyAlert[]>;
  countOpen(accountId: string): Promise<number>;
  /** Puts an alert that the transaction has read into another state. */
  change(tx: Transaction, alert: DutyAlert, change: DutyChange): Promise<void>;
}
