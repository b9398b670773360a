import { accountPathSchema } from '../../api-types/account-path.js';
import {
  followerTagsSchema,
  newTaggingSchema,
  newTagSchema,
  taggingListSchema,
  taggingSchema,
  tagMembersSchema,
  tagNameSchema,
  tagPathSchema,
} from '../../api-types/audience.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { audienceBase, toLook, toManage } from './audience-access.js';
import type { AudienceRun, Tagging } from './audience-run.js';
import type { AudienceRuns } from './audience-runs.js';
import { isOfPlatform, type FollowerTags } from './follower-tags.js';

/** 标签: as the platform has them, and who gets one. */
export function tagRoutes(tags: FollowerTags, runs: AudienceRuns): Route[] {
  return [...singleTagRoutes(tags), ...taggingRoutes(runs)];
}

function singleTagRoutes(tags: FollowerTags): Route[] {
  return [
    defineRoute({
      ...toLook,
      method: 'get',
      path: `${audienceBase}/tags`,
      summary:
        'The tags of the account with how many have them; the last known ones while the platform is away',
      params: accountPathSchema,
      response: followerTagsSchema,
      async handler({ params: { accountId } }) {
        const { tags: known, readAt, isCurrent } = await tags.list(accountId);
        const shown = known.map((tag) => ({ ...tag, isPlatforms: isOfPlatform(tag.id) }));
        return { tags: shown, readAt: readAt?.toISOString() ?? null, isCurrent };
      },
    }),
    defineRoute({
      ...toManage,
      method: 'post',
      path: `${audienceBase}/tags`,
      summary: 'Makes a tag, at the platform and here',
      params: accountPathSchema,
      body: tagNameSchema,
      status: 201,
      response: newTagSchema,
      handler: async ({ params, body, actor }) => ({
        id: await tags.create({ ...params, ...body, actor }),
      }),
    }),
    defineRoute({
      ...toManage,
      method: 'put',
      path: `${audienceBase}/tags/:tagId`,
      summary: 'Renames a tag',
      params: tagPathSchema,
      body: tagNameSchema,
      handler: ({ params, body, actor }) => tags.rename({ ...params, ...body, actor }),
    }),
    defineRoute({
      ...toManage,
      method: 'delete',
      path: `${audienceBase}/tags/:tagId`,
      summary: 'Removes a tag; nobody has it any more',
      params: tagPathSchema,
      handler: ({ params, actor }) => tags.remove({ ...params, actor }),
    }),
    defineRoute({
      ...toManage,
      method: 'post',
      path: `${audienceBase}/tags/:tagId/members`,
      summary: 'Gives the tag to at most 50 citizens, or takes it; to all of them or to none',
      params: tagPathSchema,
      body: tagMembersSchema,
      handler: ({ params, body, actor }) => tags.changeMembers({ ...params, ...body, actor }),
    }),
  ];
}

function taggingRoutes(runs: AudienceRuns): Route[] {
  return [
    defineRoute({
      ...toLook,
      method: 'get',
      path: `${audienceBase}/taggings`,
      summary: 'Tags given to whole segments: how far, the latest first',
      params: accountPathSchema,
      response: taggingListSchema,
      handler: async ({ params: { accountId } }) => ({
        taggings: (await runs.taggings(accountId)).map(presentTagging),
      }),
    }),
    defineRoute({
      ...toManage,
      method: 'post',
      path: `${audienceBase}/taggings`,
      summary: 'Begins to give a tag to everybody whom rules apply to, or to take it',
      params: accountPathSchema,
      body: newTaggingSchema,
      status: 202,
      response: taggingSchema,
      async handler({ params: { accountId }, body: { tagId, deed, conditions }, actor }) {
        return presentTagging(
          await runs.tagSegment({ accountId, tagId, deed, rules: { conditions }, actor }),
        );
      },
    }),
  ];
}

function presentTagging(run: Tagging) {
  const { tagId, deed } = run.task;
  const { total, changed, skipped } = run.progress;
  return { ...presentRun(run), tagId, deed, total, changed, skipped };
}

/** What all long work has in common. */
export function presentRun({ runId, state, startedAt, startedBy, endedAt, failure }: AudienceRun) {
  return {
    id: runId,
    state,
    startedAt: startedAt.toISOString(),
    startedBy,
    endedAt: endedAt?.toISOString() ?? null,
    failure: failure ?? null,
  };
}
