import { accountPathSchema } from '../../api-types/account-path.js';
import {
  approvalSchema,
  liveSchema,
  numberedPathSchema,
  reasonSchema,
  refusalSchema,
  releaseDiffQuerySchema,
  releaseDiffSchema,
  releaseListSchema,
  releaseRepliesQuerySchema,
  releaseRepliesSchema,
  releaseSchema,
  releasesQuerySchema,
  replyPathSchema,
  submissionListSchema,
  submissionSchema,
  submissionsQuerySchema,
  submitSchema,
  withdrawalSchema,
} from '../../api-types/content-review.js';
import { changesSchema, filesSchema } from '../../api-types/content.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { ContentServices } from './content-services.js';
import { presentChanges, presentLive, presentRelease, presentSubmission } from './content-views.js';
import type { DraftFiles } from './files/draft-files.js';

const toSee = { permission: 'content.view', account: 'path' } as const;
const toSubmit = { permission: 'draft.edit', account: 'path' } as const;
const toReview = { permission: 'content.review', account: 'path' } as const;
const toRevert = { permission: 'release.revert', account: 'path' } as const;
const submissions = '/accounts/:accountId/submissions';
const releases = '/accounts/:accountId/releases';

type Services = Pick<ContentServices, 'submitter' | 'reviewService' | 'releaseDesk'>;

/** From the submission of a draft to its release, and the ways back. */
export function reviewRoutes({ files, ...services }: Services & { files: DraftFiles }): Route[] {
  return [
    ...submissionRoutes(services),
    ...decisionRoutes(services),
    ...releaseRoutes(services, files),
    ...revertRoutes(services),
  ];
}

function submissionRoutes({ submitter, reviewService }: Services): Route[] {
  return [
    defineRoute({
      ...toSubmit,
      method: 'post',
      path: submissions,
      summary: 'Freezes the draft and lays it before the reviewers',
      params: accountPathSchema,
      body: submitSchema,
      status: 201,
      response: submissionSchema,
      handler: async ({ params: { accountId }, body, actor }) =>
        presentSubmission(await submitter.submit({ accountId, actor, ...body })),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: submissions,
      summary: 'Submissions, the newest first',
      params: accountPathSchema,
      query: submissionsQuerySchema,
      response: submissionListSchema,
      async handler({ params: { accountId }, query: { limit, before, state } }) {
        const page = {
          limit: limit + 1,
          ...(before !== undefined && { before }),
          ...(state !== undefined && { state }),
        };
        const found = await reviewService.list(accountId, page);
        const shown = found.slice(0, limit);
        return {
          submissions: shown.map(presentSubmission),
          next: found.length > limit ? (shown.at(-1)?.number ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${submissions}/:number`,
      summary: 'One submission',
      params: numberedPathSchema,
      response: submissionSchema,
      handler: async ({ params }) => presentSubmission(await reviewService.find(params)),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${submissions}/:number/diff`,
      summary: 'What it changes in the release that was live when it was submitted',
      params: numberedPathSchema,
      response: changesSchema,
      handler: async ({ params }) => presentChanges(await reviewService.diff(params)),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${submissions}/:number/draft-diff`,
      summary: 'What the draft now says otherwise than what was submitted',
      params: numberedPathSchema,
      response: changesSchema,
      handler: async ({ params }) => presentChanges(await reviewService.diffToDraft(params)),
    }),
    defineRoute({
      ...toSubmit,
      method: 'post',
      path: `${submissions}/:number/withdraw`,
      summary: 'Takes a submission back; only who submitted it',
      params: numberedPathSchema,
      body: withdrawalSchema,
      response: submissionSchema,
      handler: async ({ params, body: { reason }, actor }) =>
        presentSubmission(await reviewService.withdraw({ ...params, actor, reason })),
    }),
  ];
}

function decisionRoutes({ reviewService }: Services): Route[] {
  const refuse = (verdict: 'rejected' | 'returned', path: string, summary: string) =>
    defineRoute({
      ...toReview,
      method: 'post',
      path: `${submissions}/:number/${path}`,
      summary,
      params: numberedPathSchema,
      body: refusalSchema,
      response: submissionSchema,
      async handler({ params, body, actor, visitor: { roles } }) {
        const request = { ...params, ...body, reviewer: { actor, roles }, verdict };
        return presentSubmission(await reviewService.refuse(request));
      },
    });
  return [
    defineRoute({
      ...toReview,
      method: 'post',
      path: `${submissions}/:number/approve`,
      summary: 'Approves the stage that is due; the last approval publishes',
      params: numberedPathSchema,
      body: approvalSchema,
      response: submissionSchema,
      handler: async ({ params, body, actor, visitor: { roles } }) =>
        presentSubmission(await reviewService.approve({ ...params, ...body, reviewer: { actor, roles } })),
    }),
    refuse('rejected', 'reject', 'Refuses this content for good'),
    refuse('returned', 'return', 'Gives it back to be changed and submitted again'),
  ];
}

function releaseRoutes({ releaseDesk }: Services, files: DraftFiles): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: releases,
      summary: 'Releases, the newest first',
      params: accountPathSchema,
      query: releasesQuerySchema,
      response: releaseListSchema,
      async handler({ params: { accountId }, query: { limit, before } }) {
        const found = await releaseDesk.list(accountId, limit + 1, before);
        const shown = found.slice(0, limit);
        const live = await releaseDesk.findLive(accountId);
        return {
          releases: shown.map(presentRelease),
          live: live?.number ?? null,
          next: found.length > limit ? (shown.at(-1)?.number ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${releases}/:number`,
      summary: 'One release',
      params: numberedPathSchema,
      response: releaseSchema,
      handler: async ({ params: { accountId, number } }) =>
        presentRelease(await releaseDesk.find(accountId, number)),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${releases}/:number/diff`,
      summary: 'What leads from another release to this one',
      params: numberedPathSchema,
      query: releaseDiffQuerySchema,
      response: releaseDiffSchema,
      async handler({ params: { accountId, number }, query: { from = number - 1 } }) {
        const changes = await releaseDesk.diff(accountId, from, number);
        return { from, to: number, ...presentChanges(changes) };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${releases}/:number/files`,
      summary: 'A release as YAML files',
      params: numberedPathSchema,
      response: filesSchema,
      handler: async ({ params: { accountId, number } }) => ({
        files: await files.renderRelease(accountId, number),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${releases}/:number/replies`,
      summary: 'Replies that a release holds, for the search of one that is to be taken off',
      params: numberedPathSchema,
      query: releaseRepliesQuerySchema,
      response: releaseRepliesSchema,
      handler: async ({ params: { accountId, number }, query: { text, limit } }) => ({
        replies: await releaseDesk.findReplies(accountId, number, text, limit),
      }),
    }),
  ];
}

function revertRoutes({ releaseDesk }: Services): Route[] {
  return [
    defineRoute({
      ...toRevert,
      method: 'post',
      path: `${releases}/:number/rollback`,
      summary: 'Makes this release live again, under a new number; the draft stays as it is',
      params: numberedPathSchema,
      body: reasonSchema,
      status: 201,
      response: liveSchema,
      handler: async ({ params: { accountId, number }, body: { reason }, actor }) =>
        presentLive(await releaseDesk.rollBack({ accountId, actor, reason, to: number })),
    }),
    defineRoute({
      ...toRevert,
      method: 'post',
      path: '/accounts/:accountId/replies/:id/withdraw',
      summary: 'Takes one reply off at once, in what is live and in the draft',
      params: replyPathSchema,
      body: reasonSchema,
      status: 201,
      response: liveSchema,
      handler: async ({ params: { accountId, id }, body: { reason }, actor }) =>
        presentLive(await releaseDesk.withdrawReply({ accountId, actor, reason, replyId: id })),
    }),
  ];
}
