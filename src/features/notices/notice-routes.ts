import { accountPathSchema } from '../../api-types/account-path.js';
import {
  noticeApprovalSchema,
  noticeChangeSchema,
  noticeCheckSchema,
  noticeForecastSchema,
  noticeListSchema,
  noticePathSchema,
  noticeReasonSchema,
  noticeRefusalSchema,
  noticeSchema,
  noticesQuerySchema,
  noticeSubmitSchema,
  noticeTestResultSchema,
  noticeTestSchema,
  repeatUnknownSchema,
} from '../../api-types/notices.js';
import type { NoticePlanView } from '../../api-types/notices.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { NoticeControl } from './desk/notice-control.js';
import type { NoticeDesk } from './desk/notice-desk.js';
import type { NoticeForecaster } from './desk/notice-forecaster.js';
import type { NoticeReviews } from './desk/notice-reviews.js';
import type { NoticeTester } from './desk/notice-tester.js';
import { presentForecast, presentNotice } from './notice-views.js';
import type { NoticePlan, NoticeState } from './notice.js';
import { sayReason } from './reason-sentences.js';

export interface NoticeRoutesParts {
  desk: NoticeDesk;
  reviews: NoticeReviews;
  control: NoticeControl;
  forecaster: NoticeForecaster;
  tester: NoticeTester;
}

const toSee = { permission: 'notices.view', account: 'path' } as const;
const toCompose = { permission: 'notices.compose', account: 'path' } as const;
const toReview = { permission: 'notices.review', account: 'path' } as const;
const toControl = { permission: 'notices.control', account: 'path' } as const;
const base = '/accounts/:accountId/notices';

/** Notices: writing, submitting, reviewing and steering them. */
export function noticeRoutes(parts: NoticeRoutesParts): Route[] {
  return [...viewRoutes(parts), ...planRoutes(parts), ...reviewRoutes(parts), ...controlRoutes(parts)];
}

function viewRoutes({ desk, forecaster, tester }: NoticeRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'Notices, the newest first',
      params: accountPathSchema,
      query: noticesQuerySchema,
      response: noticeListSchema,
      async handler({ params: { accountId }, query: { section, before, limit } }) {
        const states = sections[section];
        const found = await desk.list(accountId, {
          limit: limit + 1,
          ...(before !== undefined && { before }),
          ...(states && { states }),
        });
        const shown = found.slice(0, limit);
        return {
          notices: shown.map(presentNotice),
          next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/:id`,
      summary: 'One notice',
      params: noticePathSchema,
      response: noticeSchema,
      handler: async ({ params }) => presentNotice(await desk.find(params)),
    }),
    defineRoute({
      // Reviewers, too, look at what citizens would read.
      ...toSee,
      method: 'post',
      path: `${base}/forecast`,
      summary: 'What a plan would do: its faults, size, samples and cost; nothing is kept',
      params: accountPathSchema,
      body: noticeCheckSchema,
      response: noticeForecastSchema,
      handler: async ({ params: { accountId }, body }) =>
        presentForecast(await forecaster.forecast(accountId, toPlan(body.plan))),
    }),
    defineRoute({
      ...toCompose,
      method: 'post',
      path: `${base}/test`,
      summary: "Sends a plan's message to one phone; nothing in a training",
      params: accountPathSchema,
      body: noticeTestSchema,
      response: noticeTestResultSchema,
      async handler({ params: { accountId }, body: { plan, openid, channel }, actor }) {
        const request = { accountId, actor, plan: toPlan(plan), openid, channel };
        const { outcome, reason } = await tester.test(request);
        return { outcome, reason: reason === null ? null : sayReason(reason) };
      },
    }),
  ];
}

function planRoutes({ desk }: NoticeRoutesParts): Route[] {
  return [
    defineRoute({
      ...toCompose,
      method: 'post',
      path: base,
      summary: 'Begins a notice as a draft, which may have faults',
      status: 201,
      params: accountPathSchema,
      body: noticeCheckSchema,
      response: noticeSchema,
      handler: async ({ params: { accountId }, body, actor }) =>
        presentNotice(await desk.create(accountId, toPlan(body.plan), actor)),
    }),
    defineRoute({
      ...toCompose,
      method: 'put',
      path: `${base}/:id`,
      summary: 'Changes the plan; what was prepared or approved is void',
      params: noticePathSchema,
      body: noticeChangeSchema,
      response: noticeSchema,
      handler: async ({ params, body: { revision, plan }, actor }) =>
        presentNotice(await desk.change({ ...params, actor, revision, plan: toPlan(plan) })),
    }),
    defineRoute({
      ...toCompose,
      method: 'delete',
      path: `${base}/:id`,
      summary: 'Deletes a draft',
      params: noticePathSchema,
      handler: ({ params, actor }) => desk.remove({ ...params, actor }),
    }),
    defineRoute({
      ...toCompose,
      method: 'post',
      path: `${base}/:id/copy`,
      summary: 'A new draft with the same plan',
      status: 201,
      params: noticePathSchema,
      response: noticeSchema,
      handler: async ({ params, actor }) => presentNotice(await desk.copy({ ...params, actor })),
    }),
    defineRoute({
      ...toCompose,
      method: 'post',
      path: `${base}/:id/submit`,
      summary: 'Hands a draft over: its recipients are written down, then it waits for the reviews',
      params: noticePathSchema,
      body: noticeSubmitSchema,
      response: noticeSchema,
      handler: async ({ params, body: { revision }, actor }) =>
        presentNotice(await desk.submit({ ...params, actor, revision })),
    }),
    defineRoute({
      ...toCompose,
      method: 'post',
      path: `${base}/:id/withdraw`,
      summary: 'Back to the draft, by whoever submitted it',
      params: noticePathSchema,
      response: noticeSchema,
      handler: async ({ params, actor }) => presentNotice(await desk.withdraw({ ...params, actor })),
    }),
  ];
}

function reviewRoutes({ reviews }: NoticeRoutesParts): Route[] {
  return [
    defineRoute({
      ...toReview,
      method: 'post',
      path: `${base}/:id/approve`,
      summary: 'Approves the stage that is due; the last approval sets the notice going',
      params: noticePathSchema,
      body: noticeApprovalSchema,
      response: noticeSchema,
      handler: async ({ params, body, actor, visitor: { roles } }) =>
        presentNotice(await reviews.approve({ ...params, ...body, reviewer: { actor, roles } })),
    }),
    defineRoute({
      ...toReview,
      method: 'post',
      path: `${base}/:id/refuse`,
      summary: 'Returns the notice to its author, or rejects it for good',
      params: noticePathSchema,
      body: noticeRefusalSchema,
      response: noticeSchema,
      handler: async ({ params, body, actor, visitor: { roles } }) =>
        presentNotice(await reviews.refuse({ ...params, ...body, reviewer: { actor, roles } })),
    }),
  ];
}

function controlRoutes({ control }: NoticeRoutesParts): Route[] {
  return [
    defineRoute({
      ...toControl,
      method: 'post',
      path: `${base}/:id/pause`,
      summary: 'Stops sending until somebody resumes it',
      params: noticePathSchema,
      body: noticeReasonSchema,
      response: noticeSchema,
      handler: async ({ params, body, actor }) =>
        presentNotice(await control.pause({ ...params, ...body, actor })),
    }),
    defineRoute({
      ...toControl,
      method: 'post',
      path: `${base}/:id/resume`,
      summary: 'Goes on, whatever held the notice up',
      params: noticePathSchema,
      response: noticeSchema,
      handler: async ({ params, actor }) => presentNotice(await control.resume({ ...params, actor })),
    }),
    defineRoute({
      ...toControl,
      method: 'post',
      path: `${base}/:id/cancel`,
      summary: 'Calls off what has not been sent',
      params: noticePathSchema,
      body: noticeReasonSchema,
      response: noticeSchema,
      handler: async ({ params, body, actor }) =>
        presentNotice(await control.cancel({ ...params, ...body, actor })),
    }),
    defineRoute({
      ...toControl,
      method: 'post',
      path: `${base}/:id/repeat-unknown`,
      summary: 'Sends once more to those of whom nobody knows whether they were reached',
      params: noticePathSchema,
      body: repeatUnknownSchema,
      response: noticeSchema,
      handler: async ({ params, body, actor }) =>
        presentNotice(await control.repeatUnknown({ ...params, ...body, actor })),
    }),
  ];
}

const sections: Readonly<Record<'all' | 'open' | 'review' | 'ended', readonly NoticeState[] | undefined>> = {
  all: undefined,
  open: ['draft', 'preparing', 'pending', 'scheduled', 'sending', 'paused'],
  review: ['pending'],
  ended: ['finished', 'cancelled', 'rejected'],
};

function toPlan({ sendAt, ...plan }: NoticePlanView): NoticePlan {
  return { ...plan, sendAt: sendAt === null ? null : new Date(sendAt) };
}
