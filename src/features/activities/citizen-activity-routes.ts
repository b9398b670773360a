import {
  activityPathSchema,
  citizenActivitiesSchema,
  citizenActivitySchema,
  publicDrawSchema,
} from '../../api-types/citizen-activities.js';
import type { Clock } from '../../core/clock.js';
import { notFound } from '../../core/refusals.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { Activity } from './activity.js';
import type { ActivityReader } from './activity-reader.js';
import { describeActivity, describeDraw, summarise } from './citizen-activity-views.js';
import type { DrawResult } from './draw/draw-store.js';
import type { PlacesKey } from './place-store.js';

/** Draws as anybody may read them. */
export interface PublicDraws {
  /** Null: nothing has been drawn yet. */
  readResult(key: PlacesKey): Promise<DrawResult | null>;
}

export interface CitizenActivityRoutesParts {
  activities: ActivityReader;
  draws: PublicDraws;
  clock: Clock;
}

/** Activities for citizens, below `/h5/:accountId/api`. Nobody learns of a draft. */
export function citizenActivityRoutes({
  activities,
  draws,
  clock,
}: CitizenActivityRoutesParts): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/activities',
      summary: 'Activities that are not over, the soonest first',
      response: citizenActivitiesSchema,
      async handler({ citizen: { accountId } }) {
        const found = await activities.listPublic(accountId);
        const counts = await Promise.all(
          found.map(({ activityId }) => activities.count(accountId, activityId)),
        );
        const now = clock.now();
        return {
          activities: found.flatMap((activity, nth) => {
            const count = counts[nth];
            return count ? [summarise(activity, count, now)] : [];
          }),
        };
      },
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/activities/:activityId',
      summary: 'One activity, with its form',
      params: activityPathSchema,
      response: citizenActivitySchema,
      async handler({ params: { accountId, activityId } }) {
        const activity = await findPublic(activities, accountId, activityId);
        const counts = await activities.count(accountId, activityId);
        return describeActivity(activity, counts, clock.now());
      },
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/activities/:activityId/draw',
      summary: 'What is needed to repeat the draw',
      params: activityPathSchema,
      response: publicDrawSchema,
      async handler({ params: { accountId, activityId } }) {
        const activity = await findPublic(activities, accountId, activityId);
        if (!activity.draw) throw notFound();
        const result = await draws.readResult({ accountId, activityId });
        return describeDraw(activity, activity.draw.commitment, result);
      },
    }),
  ];
}

async function findPublic(
  activities: ActivityReader,
  accountId: string,
  activityId: string,
): Promise<Activity> {
  const activity = await activities.find(accountId, activityId);
  if (!activity || activity.state === 'draft') throw notFound();
  return activity;
}
