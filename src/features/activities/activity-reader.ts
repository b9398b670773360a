import type { Activity } from './activity.js';

/** How many places a group, or the whole activity, has and has given. */
export interface PlaceCount {
  quota: number;
  taken: number;
  /** People in the waiting list. */
  waiting: number;
  /** Applications that nobody has decided, or that are to be drawn. */
  applied: number;
}

export interface ActivityCounts {
  total: PlaceCount;
  /** By group id. */
  groups: ReadonlyMap<string, PlaceCount>;
}

/** Activities as other parts read them. */
export interface ActivityReader {
  /** Null: there is none, also of another account. Drafts included. */
  find(accountId: string, activityId: string): Promise<Activity | null>;
  /** Published or cancelled ones that are not over, the soonest first. */
  listPublic(accountId: string): Promise<Activity[]>;
  count(accountId: string, activityId: string): Promise<ActivityCounts>;
}
