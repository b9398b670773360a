import { timeOf, type Activity, type ActivityGroup } from './activity.js';
import type { ActivityCounts, PlaceCount } from './activity-reader.js';

/** Whether citizens can register; `full`: nor wait, `waiting`: stand in the waiting list. */
export type Opening = 'not_yet' | 'open' | 'full' | 'waiting' | 'closed' | 'cancelled' | 'over';

/** Of the whole: where one group can be had, it is open. @param now milliseconds since the epoch, UTC. */
export function openingOf(activity: Activity, counts: ActivityCounts, now: number): Opening {
  if (activity.state === 'cancelled') return 'cancelled';
  if (now >= activity.endsAt.getTime()) return 'over';
  const openings = activity.groups.map((group) => openingOfGroup(activity, group, counts, now));
  return (['open', 'waiting', 'full', 'not_yet'] as const).find((one) => openings.includes(one)) ?? 'closed';
}

/** Of one group or shift. */
export function openingOfGroup(
  activity: Activity,
  group: ActivityGroup,
  counts: ActivityCounts,
  now: number,
): Opening {
  if (activity.state === 'cancelled') return 'cancelled';
  const { startsAt, endsAt } = timeOf(activity, group);
  if (now >= endsAt.getTime()) return 'over';
  if (now < activity.opensAt.getTime()) return 'not_yet';
  if (now >= activity.closesAt.getTime() || now >= startsAt.getTime()) return 'closed';
  if (activity.mode === 'lots' || placesLeft(activity, group, counts) > 0) return 'open';
  return activity.hasWaitingList ? 'waiting' : 'full';
}

/** Places of the group that can still be taken: never more than the whole has. Before a draw, all of them. */
export function placesLeft(activity: Activity, group: ActivityGroup, counts: ActivityCounts): number {
  const whole = leftOf(counts.total, activity.quota);
  return Math.min(whole, leftOf(counts.groups.get(group.id), group.quota));
}

/** What is left of the whole: the groups together may have less. */
export function allPlacesLeft(activity: Activity, counts: ActivityCounts): number {
  const ofGroups = activity.groups.reduce(
    (sum, group) => sum + leftOf(counts.groups.get(group.id), group.quota),
    0,
  );
  return Math.min(leftOf(counts.total, activity.quota), ofGroups);
}

/** A quota that was made smaller may be exceeded. */
function leftOf(count: PlaceCount | undefined, quota: number): number {
  return count ? Math.max(0, count.quota - count.taken) : quota;
}
