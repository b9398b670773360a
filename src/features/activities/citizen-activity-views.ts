import { feeOf, timeOf, type Activity } from './activity.js';
import type { ActivityCounts } from './activity-reader.js';
import { sayAdmission, sayConditions, sayRefunds } from './citizen-activity-words.js';
import type { DrawResult } from './draw/draw-store.js';
import { allPlacesLeft, openingOf, openingOfGroup, placesLeft } from './opening.js';

/** What a list tells citizens of an activity. */
export function summarise(activity: Activity, counts: ActivityCounts, now: number) {
  const { activityId, kind, title, place, mode } = activity;
  const fees = activity.groups.map((group) => feeOf(activity, group));
  return {
    activityId,
    kind,
    title,
    place,
    mode,
    startsAt: activity.startsAt.toISOString(),
    endsAt: activity.endsAt.toISOString(),
    opensAt: activity.opensAt.toISOString(),
    closesAt: activity.closesAt.toISOString(),
    opening: openingOf(activity, counts, now),
    left: allPlacesLeft(activity, counts),
    feeFen: { least: Math.min(...fees), most: Math.max(...fees) },
  };
}

/** Everything that a citizen wants to know before filling in the form, and the form itself. */
export function describeActivity(activity: Activity, counts: ActivityCounts, now: number) {
  const { description, questions, formVersion, hasWaitingList, limitPerPerson, draw } = activity;
  return {
    ...summarise(activity, counts, now),
    description,
    questions,
    formVersion,
    hasWaitingList,
    limitPerPerson,
    groups: activity.groups.map((group) => describeGroup(activity, group, counts, now)),
    admission: sayAdmission(activity),
    refunds: sayRefunds(activity),
    commitment: draw?.commitment ?? null,
    isDrawn: draw?.result !== undefined,
    movedAt: activity.movedAt?.toISOString() ?? null,
    cancelledBecause: activity.cancelledBecause ?? null,
  };
}

/** A draw for whoever wants to repeat it. */
export function describeDraw(activity: Activity, commitment: string, result: DrawResult | null) {
  return {
    title: activity.title,
    commitment,
    closesAt: activity.closesAt.toISOString(),
    result: result && {
      seed: result.seed,
      lotsDigest: result.lotsDigest,
      drawnAt: result.drawnAt.toISOString(),
      quota: result.quotas.total,
      groups: Object.entries(result.quotas.groups).map(([id, quota]) => ({
        id,
        name: activity.groups.find((group) => group.id === id)?.name ?? id,
        quota,
      })),
      entries: result.entries.map(({ lot, groupId, won }) => ({ lot, groupId, won })),
    },
  };
}

function describeGroup(
  activity: Activity,
  group: Activity['groups'][number],
  counts: ActivityCounts,
  now: number,
) {
  const { id, name, quota, condition } = group;
  const { startsAt, endsAt } = timeOf(activity, group);
  return {
    id,
    name,
    quota,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    feeFen: feeOf(activity, group),
    left: placesLeft(activity, group, counts),
    opening: openingOfGroup(activity, group, counts, now),
    conditions: sayConditions(condition),
    schools: condition.schools ?? null,
    districts: condition.districts ?? null,
  };
}
