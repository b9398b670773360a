import type { Clock } from '../../core/clock.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Activity } from './activity.js';
import type { ActivityReader, PlaceCount } from './activity-reader.js';
import type { ActivityStore } from './activity-store.js';
import { refuse } from './office/office-errors.js';
import type { PlaceStore } from './place-store.js';
import type { GroupStateCount, RegistrationStore } from './registration-store.js';
import type { RegistrationState } from './registration.js';

export interface StoredActivitiesParts {
  activities: Pick<ActivityStore, 'find' | 'listPublic'>;
  places: Pick<PlaceStore, 'find'>;
  registrations: Pick<RegistrationStore, 'countByState'>;
  clock: Clock;
}

/** The places of a group, or of the whole, with what became of them. */
export interface FullCount extends PlaceCount {
  /** Those who have arrived not included. */
  confirmed: number;
  arrived: number;
}

export interface FullCounts {
  total: FullCount;
  /** By group id, in the order of the plan. */
  groups: ReadonlyMap<string, FullCount>;
}

/** Activities as they are stored at the moment of asking. */
export class StoredActivities implements ActivityReader {
  readonly #parts: StoredActivitiesParts;

  constructor(parts: StoredActivitiesParts) {
    this.#parts = parts;
  }

  find(accountId: string, activityId: string, tx?: Transaction): Promise<Activity | null> {
    return this.#parts.activities.find(accountId, activityId, tx);
  }

  listPublic(accountId: string): Promise<Activity[]> {
    const { activities, clock } = this.#parts;
    return activities.listPublic(accountId, new Date(clock.now()));
  }

  /** @throws UserError `no_such_activity` */
  async count(accountId: string, activityId: string): Promise<FullCounts> {
    const activity = await this.find(accountId, activityId);
    if (!activity) throw refuse('no_such_activity');
    return this.countOf(activity);
  }

  async countOf(activity: Activity): Promise<FullCounts> {
    const { places, registrations } = this.#parts;
    const [taken, states] = await Promise.all([places.find(activity), registrations.countByState(activity)]);
    const groups = activity.groups.map(({ id, quota }): [string, FullCount] => [
      id,
      {
        quota,
        taken: taken?.takenBy[id] ?? 0,
        ...statesOf(states.filter(({ groupId }) => groupId === id)),
      },
    ]);
    return {
      total: { quota: activity.quota, taken: taken?.taken ?? 0, ...statesOf(states) },
      groups: new Map(groups),
    };
  }
}

function statesOf(counts: readonly GroupStateCount[]): Omit<FullCount, 'quota' | 'taken'> {
  const sum = (state: RegistrationState) =>
    counts.reduce((total, one) => (one.state === state ? total + one.count : total), 0);
  return {
    waiting: sum('waiting'),
    applied: sum('applied'),
    confirmed: sum('confirmed'),
    arrived: sum('arrived'),
  };
}
