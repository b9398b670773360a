import type { DutyAlert } from './duty-alert.js';

export interface DutyAlertStore {
  /** Keeps an alert once per (accountId, openid, key). False: it was there. */
  add(alert: DutyAlert): Promise<boolean>;
  /** Those that nobody has seen, the oldest first. */
  listOpen(accountId: string, limit: number): Promise<DutyAlert[]>;
  /** Marks an open alert. False: there is none of that id, or it was seen before. */
  markSeen(accountId: string, id: string, seen: NonNullable<DutyAlert['seen']>): Promise<boolean>;
}
