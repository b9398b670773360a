import type { Transaction } from '../../../core/transaction-runner.js';
import { timeOf, type Activity, type ActivityGroup } from '../activity.js';
import type { PlacesKey } from '../place-store.js';
import type { RegistrationParts } from './registration-parts.js';

/** @throws Error where there is none: registrations outlive no activity. */
export async function activityOf(
  { activities }: Pick<RegistrationParts, 'activities'>,
  { accountId, activityId }: PlacesKey,
  tx?: Transaction,
): Promise<Activity> {
  const activity = await activities.find(accountId, activityId, tx);
  if (activity === null) throw new Error(`there is no activity ${activityId}`);
  return activity;
}

/** Undefined: a group that is there no more. */
export function groupOf(activity: Activity, groupId: string): ActivityGroup | undefined {
  return activity.groups.find(({ id }) => id === groupId);
}

/** When the place is to be filled, UTC; that of the whole activity where the group is there no more. */
export function timeOfGroup(activity: Activity, groupId: string): { startsAt: Date; endsAt: Date } {
  return timeOf(activity, groupOf(activity, groupId) ?? {});
}
