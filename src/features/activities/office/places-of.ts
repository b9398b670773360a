import type { Activity } from '../activity.js';
import type { PlacesPlan } from '../place-store.js';

/** The places that an activity is to have. */
export function placesOf({ accountId, activityId, quota, groups, formVersion }: Activity): PlacesPlan {
  return {
    accountId,
    activityId,
    quota,
    groups: groups.map((group) => ({ id: group.id, quota: group.quota })),
    formVersion,
  };
}
