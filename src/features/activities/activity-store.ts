import type { Transaction } from '../../core/transaction-runner.js';
import type { Activity } from './activity.js';
import type { ActivityDraws } from './draw/draw-store.js';

/** Which of an account's activities. */
export interface ActivitySelection {
  accountId: string;
  /** `current`: published and not over; `over`: published, and its end has passed. */
  section: 'all' | 'draft' | 'current' | 'over' | 'cancelled';
  now: Date;
}

/** Where a page of the list ends. */
export type ActivityCursor = Pick<Activity, 'startsAt' | 'activityId'>;

/** Activities. An edit replaces what it was based on, or nothing. */
export interface ActivityStore extends ActivityDraws {
  add(tx: Transaction, activity: Activity): Promise<void>;
  /** Puts `after` where `before` was read in the same transaction. */
  replace(tx: Transaction, before: Activity, after: Activity): Promise<void>;
  /** Removes what was read in the same transaction. */
  remove(tx: Transaction, activity: Activity): Promise<void>;

  find(accountId: string, activityId: string, tx?: Transaction): Promise<Activity | null>;
  /** What begins last comes first. @param before go on after this one. */
  list(selection: ActivitySelection, limit: number, before?: ActivityCursor): Promise<Activity[]>;
  /** Published or cancelled ones that end after `now`, the soonest first. */
  listPublic(accountId: string, now: Date): Promise<Activity[]>;
  /** To be drawn: registration has closed, and no result is there. Of all accounts. */
  listUndrawn(now: Date, limit: number): Promise<Activity[]>;
}
