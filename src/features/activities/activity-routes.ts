import { accountPathSchema } from '../../api-types/account-path.js';
import {
  activitiesQuerySchema,
  activityCountsSchema,
  activityDetailSchema,
  activityEditSchema,
  activityListSchema,
  activityPathSchema,
  activityPlanBodySchema,
  activityProblemsSchema,
  activityRemovalSchema,
  planFromWire,
  planToWire,
  type ActivityCountsWire,
  type ActivityDetail,
  type ActivitySummary,
} from '../../api-types/activities.js';
import type { Clock } from '../../core/clock.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { planOf, type Activity } from './activity.js';
import type { ActivityCursor } from './activity-store.js';
import type { ActivityEditor } from './office/activity-editor.js';
import { readCursor, writeCursor } from './office/page-cursor.js';
import type { FullCount, StoredActivities } from './stored-activities.js';

export interface ActivityRoutesParts {
  editor: ActivityEditor;
  counter: Pick<StoredActivities, 'countOf'>;
  clock: Clock;
}

const toSee = { permission: 'activities.view', account: 'path' } as const;
const toEdit = { permission: 'activities.edit', account: 'path' } as const;
export const activitiesBase = '/accounts/:accountId/activities';
export const activityBase = `${activitiesBase}/:activityId`;

/** Activities for staff: what there is, and drawing them up. */
export function activityRoutes(parts: ActivityRoutesParts): Route[] {
  return [...viewRoutes(parts), ...draftRoutes(parts)];
}

function viewRoutes(parts: ActivityRoutesParts): Route[] {
  const { editor, counter } = parts;
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: activitiesBase,
      summary: 'Activities, what begins last first',
      params: accountPathSchema,
      query: activitiesQuerySchema,
      response: activityListSchema,
      async handler({ params: { accountId }, query: { section, before, limit } }) {
        const found = await editor.list({ accountId, section }, limit + 1, cursorOf(before));
        const shown = found.slice(0, limit);
        const counts = await Promise.all(shown.map((activity) => counter.countOf(activity)));
        const last = found.length > limit ? shown.at(-1) : undefined;
        return {
          activities: shown.flatMap((activity, index) => {
            const count = counts[index];
            return count ? [presentSummary(activity, count.total)] : [];
          }),
          next: last ? writeCursor(last.startsAt, last.activityId) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: activityBase,
      summary: 'One activity, with what is wrong with it',
      params: activityPathSchema,
      response: activityDetailSchema,
      handler: async ({ params }) => presentDetail(await editor.find(params), parts),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${activityBase}/counts`,
      summary: 'How full it is, group by group',
      params: activityPathSchema,
      response: activityCountsSchema,
      handler: async ({ params }) => presentCounts(await editor.find(params), parts),
    }),
    defineRoute({
      ...toSee,
      method: 'post',
      path: `${activitiesBase}/check`,
      summary: 'What is wrong with a plan; nothing is kept',
      params: accountPathSchema,
      body: activityPlanBodySchema,
      response: activityProblemsSchema,
      handler: async ({ params: { accountId }, body: { plan } }) => ({
        problems: editor.check(accountId, planFromWire(plan)),
      }),
    }),
  ];
}

function draftRoutes(parts: ActivityRoutesParts): Route[] {
  const { editor } = parts;
  return [
    defineRoute({
      ...toEdit,
      method: 'post',
      path: activitiesBase,
      summary: 'Draws up an activity, as a draft',
      status: 201,
      params: accountPathSchema,
      body: activityPlanBodySchema,
      response: activityDetailSchema,
      handler: async ({ params: { accountId }, body: { plan }, actor }) =>
        presentDetail(await editor.create(accountId, planFromWire(plan), actor), parts),
    }),
    defineRoute({
      ...toEdit,
      method: 'put',
      path: activityBase,
      summary: 'Changes a draft',
      params: activityPathSchema,
      body: activityEditSchema,
      response: activityDetailSchema,
      handler: async ({ params, body: { plan, baseRevision }, actor }) =>
        presentDetail(
          await editor.change({ ...params, plan: planFromWire(plan), baseRevision, actor }),
          parts,
        ),
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${activityBase}/copy`,
      summary: 'A draft with the same plan',
      status: 201,
      params: activityPathSchema,
      response: activityDetailSchema,
      handler: async ({ params, actor }) => presentDetail(await editor.copy({ ...params, actor }), parts),
    }),
    defineRoute({
      ...toEdit,
      method: 'delete',
      path: activityBase,
      summary: 'Removes a draft',
      params: activityPathSchema,
      query: activityRemovalSchema,
      handler: ({ params, query, actor }) => editor.remove({ ...params, ...query, actor }),
    }),
  ];
}

export async function presentDetail(activity: Activity, parts: ActivityRoutesParts): Promise<ActivityDetail> {
  const { accountId, activityId, state, revision, formVersion, cancelledBecause } = activity;
  const plan = planOf(activity);
  return {
    activityId,
    state,
    plan: planToWire(plan),
    revision,
    formVersion,
    problems: state === 'cancelled' ? [] : parts.editor.check(accountId, plan, state === 'published'),
    counts: await presentCounts(activity, parts),
    publishedAt: activity.publishedAt?.toISOString() ?? null,
    movedAt: activity.movedAt?.toISOString() ?? null,
    cancelledBecause: cancelledBecause ?? null,
    ...stampOf(activity),
  };
}

async function presentCounts(
  activity: Activity,
  { counter, clock }: ActivityRoutesParts,
): Promise<ActivityCountsWire> {
  const { total, groups } = await counter.countOf(activity);
  return {
    at: new Date(clock.now()).toISOString(),
    total,
    groups: activity.groups.flatMap(({ id, name }) => {
      const count = groups.get(id);
      return count ? [{ groupId: id, name, ...count }] : [];
    }),
  };
}

function presentSummary(activity: Activity, counts: FullCount): ActivitySummary {
  const { activityId, kind, title, place, state, mode, needsApproval, feeFen, revision } = activity;
  return {
    activityId,
    kind,
    title,
    place,
    state,
    startsAt: activity.startsAt.toISOString(),
    endsAt: activity.endsAt.toISOString(),
    opensAt: activity.opensAt.toISOString(),
    closesAt: activity.closesAt.toISOString(),
    mode,
    needsApproval,
    feeFen,
    counts,
    revision,
    ...stampOf(activity),
  };
}

function stampOf({ updatedAt, updatedBy }: Activity) {
  return { updatedAt: updatedAt.toISOString(), updatedBy };
}

function cursorOf(text: string | undefined): ActivityCursor | undefined {
  if (text === undefined) return undefined;
  const { at, id } = readCursor(text);
  return { startsAt: at, activityId: id };
}
