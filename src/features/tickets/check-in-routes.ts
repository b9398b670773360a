import {
  admissionSchema,
  admissionAnswerSchema,
  checkInActivitiesSchema,
  checkInActivityPathSchema,
  checkInPathSchema,
  disputedListSchema,
  gateNewsSchema,
  leavingSchema,
  turnSchema,
  undoSchema,
  uploadAnswerSchema,
  uploadSchema,
} from '../../api-types/tickets.js';
import { accountPathSchema } from '../../api-types/account-path.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { Activity } from '../activities/activity.js';
import type { CheckInDesk } from './check-in-desk.js';
import type { CheckInParts } from './check-in-parts.js';
import { entryTimeOf } from './check-ticket.js';
import type { GateDesk, GateNews } from './gate-desk.js';
import type { OfflineUploads } from './offline-uploads.js';

const atTheDoor = { permission: 'tickets.checkIn', account: 'path' } as const;
const base = '/accounts/:accountId/check-in';
const ofActivity = `${base}/activities/:activityId`;
/** More than anybody looks at. */
const mostDisputed = 200;

export interface CheckInRoutesParts {
  desk: CheckInDesk;
  gates: GateDesk;
  uploads: OfflineUploads;
  checkIns: CheckInParts['checkIns'];
  activities: CheckInParts['activities'];
}

/** The door of an activity, for staff. */
export function checkInRoutes(parts: CheckInRoutesParts): Route[] {
  return [...gateRoutes(parts), ...admissionRoutes(parts)];
}

function gateRoutes({ gates, activities }: CheckInRoutesParts): Route[] {
  return [
    defineRoute({
      ...atTheDoor,
      method: 'get',
      path: `${base}/activities`,
      summary: 'Activities that are not over, to choose from at the door',
      params: accountPathSchema,
      response: checkInActivitiesSchema,
      async handler({ params: { accountId } }) {
        const found = await activities.listPublic(accountId);
        return {
          activities: found.filter(({ state }) => state === 'published').map(presentActivity),
        };
      },
    }),
    defineRoute({
      ...atTheDoor,
      method: 'post',
      path: `${ofActivity}/turns`,
      summary: 'A gate says what it holds, and learns what it may hold and what has changed',
      params: checkInActivityPathSchema,
      body: turnSchema,
      response: gateNewsSchema,
      handler: async ({ params, body: { since, gate, ...turn }, actor }) =>
        presentNews(
          await gates.takeTurn(
            params,
            { ...turn, name: gate },
            actor,
            since === undefined ? undefined : new Date(since),
          ),
        ),
    }),
    defineRoute({
      ...atTheDoor,
      method: 'post',
      path: `${ofActivity}/leaving`,
      summary: 'A gate closes and gives up what it holds',
      params: checkInActivityPathSchema,
      body: leavingSchema,
      handler: ({ params, body }) => gates.leave(params, body),
    }),
  ];
}

function admissionRoutes({ desk, uploads, checkIns }: CheckInRoutesParts): Route[] {
  return [
    defineRoute({
      ...atTheDoor,
      method: 'post',
      path: `${ofActivity}/admissions`,
      summary: 'Lets somebody in by the ticket that they show, once',
      params: checkInActivityPathSchema,
      body: admissionSchema,
      response: admissionAnswerSchema,
      async handler({ params, body, actor }) {
        const answer = await desk.admit({ ...params, ...body }, actor);
        if (answer.outcome === 'asking') return answer;
        const { admission } = answer;
        return { outcome: answer.outcome, admission: { ...admission, at: admission.at.toISOString() } };
      },
    }),
    defineRoute({
      ...atTheDoor,
      method: 'post',
      path: `${ofActivity}/uploads`,
      summary: 'Somebody whom a gate let in while it had no network: counted, or listed for staff',
      params: checkInActivityPathSchema,
      body: uploadSchema,
      response: uploadAnswerSchema,
      async handler({ params, body, actor }) {
        const { state, because } = await uploads.take({ ...params, ...body }, actor);
        return { isDisputed: state === 'disputed', because: because ?? null };
      },
    }),
    defineRoute({
      ...atTheDoor,
      method: 'get',
      path: `${ofActivity}/disputed`,
      summary: 'Who was let in without network by a ticket that did not allow it, the latest first',
      params: checkInActivityPathSchema,
      response: disputedListSchema,
      async handler({ params: { accountId, activityId } }) {
        const found = await checkIns.listDisputed(accountId, activityId, mostDisputed);
        return {
          disputed: found.map(({ checkInId, ticketId, gate, at, because, by }) => ({
            checkInId,
            ticketId,
            gate,
            because: because ?? 'bad_ticket',
            by: by.name,
            at: at.toISOString(),
          })),
        };
      },
    }),
    defineRoute({
      ...atTheDoor,
      method: 'post',
      path: `${base}/admissions/:checkInId/undo`,
      summary: 'Takes an admission back, for a reason that goes on record',
      params: checkInPathSchema,
      body: undoSchema,
      handler: ({ params, body, actor }) => desk.undo({ ...params, ...body }, actor),
    }),
  ];
}

function presentActivity(activity: Activity) {
  const { activityId, title, place, startsAt, endsAt, groups } = activity;
  return {
    activityId,
    title,
    place,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    groups: groups.map((group) => {
      const { opensAt, endsAt: closesAt } = entryTimeOf(activity, group);
      return {
        id: group.id,
        name: group.name,
        opensAt: opensAt.toISOString(),
        endsAt: closesAt.toISOString(),
      };
    }),
  };
}

function presentNews({ tickets, since, gates, ...news }: GateNews) {
  return {
    ...news,
    gates: gates.map(({ buckets, ...gate }) => ({ ...gate, buckets: [...buckets] })),
    since: since.toISOString(),
    tickets: tickets.map(({ arrival, ...ticket }) => ({
      ...ticket,
      arrival: arrival ? { at: arrival.at.toISOString(), gate: arrival.gate } : null,
    })),
  };
}
