import {
  activityCancellationSchema,
  activityDetailSchema,
  activityDrawSchema,
  activityEditSchema,
  activityPathSchema,
  activityPublicationSchema,
  cancellationForecastSchema,
  changeForecastSchema,
  planFromWire,
  type ActivityDrawWire,
} from '../../api-types/activities.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { activityBase, presentDetail, type ActivityRoutesParts } from './activity-routes.js';
import type { ActivityPublisher } from './office/activity-publisher.js';
import type { DrawDesk, DrawReport } from './office/draw-desk.js';

export interface PublicationRoutesParts extends ActivityRoutesParts {
  publisher: ActivityPublisher;
  drawDesk: DrawDesk;
}

const toPublish = { permission: 'activities.publish', account: 'path' } as const;

/** Putting activities before citizens, changing them there, cancelling them, and drawing lots. */
export function publicationRoutes(parts: PublicationRoutesParts): Route[] {
  return [...publishRoutes(parts), ...cancellationRoutes(parts), ...drawRoutes(parts)];
}

function publishRoutes(parts: PublicationRoutesParts): Route[] {
  const { publisher } = parts;
  return [
    defineRoute({
      ...toPublish,
      method: 'post',
      path: `${activityBase}/publish`,
      summary: 'Puts a draft before citizens; by somebody other than its last editor',
      params: activityPathSchema,
      body: activityPublicationSchema,
      response: activityDetailSchema,
      handler: async ({ params, body, actor }) =>
        presentDetail(await publisher.publish({ ...params, ...body, actor }), parts),
    }),
    defineRoute({
      ...toPublish,
      method: 'put',
      path: `${activityBase}/published`,
      summary: 'Changes what citizens see; nobody loses a place',
      params: activityPathSchema,
      body: activityEditSchema,
      response: activityDetailSchema,
      handler: async ({ params, body: { plan, baseRevision }, actor }) =>
        presentDetail(
          await publisher.change({ ...params, plan: planFromWire(plan), baseRevision, actor }),
          parts,
        ),
    }),
    defineRoute({
      ...toPublish,
      method: 'post',
      path: `${activityBase}/published/forecast`,
      summary: 'What such a change would lead to; nothing is kept',
      params: activityPathSchema,
      body: activityEditSchema,
      response: changeForecastSchema,
      handler: ({ params, body: { plan, baseRevision } }) =>
        publisher.forecastChange({ ...params, plan: planFromWire(plan), baseRevision }),
    }),
  ];
}

function cancellationRoutes(parts: PublicationRoutesParts): Route[] {
  const { publisher } = parts;
  return [
    defineRoute({
      ...toPublish,
      method: 'get',
      path: `${activityBase}/cancellation/forecast`,
      summary: 'How many would be told, and what would be paid back',
      params: activityPathSchema,
      response: cancellationForecastSchema,
      handler: ({ params }) => publisher.forecastCancellation(params),
    }),
    defineRoute({
      ...toPublish,
      method: 'post',
      path: `${activityBase}/cancellation`,
      summary: 'Cancels an activity, for a reason that citizens are told',
      params: activityPathSchema,
      body: activityCancellationSchema,
      response: activityDetailSchema,
      handler: async ({ params, body, actor }) =>
        presentDetail(await publisher.cancel({ ...params, ...body, actor }), parts),
    }),
  ];
}

function drawRoutes({ drawDesk }: PublicationRoutesParts): Route[] {
  return [
    defineRoute({
      permission: 'activities.view',
      account: 'path',
      method: 'get',
      path: `${activityBase}/draw`,
      summary: 'The draw of lots: what was promised, and how it fell',
      params: activityPathSchema,
      response: activityDrawSchema,
      handler: async ({ params }) => presentDraw(await drawDesk.read(params)),
    }),
    defineRoute({
      ...toPublish,
      method: 'post',
      path: `${activityBase}/draw`,
      summary: 'Draws lots now; again: goes on with what is left to settle',
      params: activityPathSchema,
      response: activityDrawSchema,
      handler: async ({ params, actor }) => presentDraw(await drawDesk.draw(params, actor)),
    }),
  ];
}

function presentDraw({ commitment, drawsFrom, applied, result }: DrawReport): ActivityDrawWire {
  return {
    commitment,
    drawsFrom: drawsFrom.toISOString(),
    applied,
    result: result && {
      drawnAt: result.record.drawnAt.toISOString(),
      seed: result.record.seed,
      lotsDigest: result.record.lotsDigest,
      lots: result.record.lots,
      groups: result.groups,
      isComplete: result.record.isSettled,
    },
  };
}
