import { accountPathSchema } from '../../api-types/account-path.js';
import {
  audienceChoicesSchema,
  audienceSampleSchema,
  audienceSizeSchema,
  newSegmentSchema,
  segmentEditSchema,
  segmentListSchema,
  segmentPathSchema,
  segmentRemovalSchema,
  segmentRulesSchema,
  segmentSchema,
} from '../../api-types/audience.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { OfferReader } from '../appointments/offer-reader.js';
import { audienceBase, toLook, toManage } from './audience-access.js';
import type { AudienceSettings } from './audience-settings.js';
import { endOf, isOfPlatform, type FollowerTags } from './follower-tags.js';
import type { Segment, SegmentRules } from './segment.js';
import type { SegmentCheck } from './segment-check.js';
import type { Segments } from './segments.js';
import type { AudienceMember, StoredAudience } from './stored-audience.js';

export interface SegmentRoutesParts {
  segments: Segments;
  check: SegmentCheck;
  audience: StoredAudience;
  tags: FollowerTags;
  settings: AudienceSettings;
  offers: Pick<OfferReader, 'services' | 'venues'>;
}

const sampleSize = 10;

/** 分组: what staff keep under a name, how many there are, and who for example. */
export function segmentRoutes(parts: SegmentRoutesParts): Route[] {
  return [...keepingRoutes(parts.segments), ...lookingRoutes(parts)];
}

function keepingRoutes(segments: Segments): Route[] {
  return [
    defineRoute({
      ...toLook,
      method: 'get',
      path: `${audienceBase}/segments`,
      summary: 'The segments that staff keep, by name',
      params: accountPathSchema,
      response: segmentListSchema,
      handler: async ({ params: { accountId } }) => ({
        segments: (await segments.list(accountId)).map(presentSegment),
      }),
    }),
    defineRoute({
      ...toManage,
      method: 'post',
      path: `${audienceBase}/segments`,
      summary: 'Keeps rules under a name',
      params: accountPathSchema,
      body: newSegmentSchema,
      status: 201,
      response: segmentSchema,
      handler: async ({ params, body, actor }) =>
        presentSegment(await segments.create({ ...params, ...body, actor })),
    }),
    defineRoute({
      ...toManage,
      method: 'put',
      path: `${audienceBase}/segments/:id`,
      summary: 'Changes a segment that nobody has changed meanwhile',
      params: segmentPathSchema,
      body: segmentEditSchema,
      response: segmentSchema,
      handler: async ({ params, body, actor }) =>
        presentSegment(await segments.change({ ...params, ...body, actor })),
    }),
    defineRoute({
      ...toManage,
      method: 'delete',
      path: `${audienceBase}/segments/:id`,
      summary: 'Removes a segment that nobody has changed meanwhile',
      params: segmentPathSchema,
      query: segmentRemovalSchema,
      handler: ({ params, query, actor }) => segments.remove({ ...params, ...query, actor }),
    }),
  ];
}

function lookingRoutes({ check, audience, tags, settings, offers }: SegmentRoutesParts): Route[] {
  return [
    defineRoute({
      ...toLook,
      method: 'post',
      path: `${audienceBase}/size`,
      summary: 'How many followers rules apply to, now',
      params: accountPathSchema,
      body: segmentRulesSchema,
      response: audienceSizeSchema,
      async handler({ params: { accountId }, body: rules }) {
        await check.require(accountId, rules);
        const [followers, unreachable] = await Promise.all([
          audience.count(accountId, rules),
          audience.countUnreachable(accountId, rules),
        ]);
        return { followers, unreachable, placeholders: [...audience.placeholders(rules)] };
      },
    }),
    defineRoute({
      ...toLook,
      method: 'post',
      path: `${audienceBase}/sample`,
      summary: 'A few of the followers that rules apply to, without their openids',
      params: accountPathSchema,
      body: segmentRulesSchema,
      response: audienceSampleSchema,
      async handler({ params: { accountId }, body: rules }) {
        await check.require(accountId, rules);
        return { citizens: (await takeSample(audience, accountId, rules)).map(presentMember) };
      },
    }),
    defineRoute({
      ...toLook,
      method: 'get',
      path: `${audienceBase}/choices`,
      summary: 'What rules can name: tags, services, venues, districts',
      params: accountPathSchema,
      response: audienceChoicesSchema,
      async handler({ params: { accountId } }) {
        const [known, services, venues, districts] = await Promise.all([
          tags.list(accountId),
          offers.services(accountId),
          offers.venues(accountId),
          settings.districts(accountId),
        ]);
        return {
          tags: known.tags.map((tag) => ({ ...tag, isPlatforms: isOfPlatform(tag.id) })),
          services: services.map(named),
          venues: venues.map(named),
          districts: [...districts],
        };
      },
    }),
  ];
}

/** Openids are random, so the first of them are as good as any. */
async function takeSample(
  audience: StoredAudience,
  accountId: string,
  rules: SegmentRules,
): Promise<AudienceMember[]> {
  return (await audience.listMembers(accountId, rules, { limit: sampleSize })).members;
}

function presentSegment({ id, name, conditions, revision, updatedAt, updatedBy }: Segment) {
  const changed = { revision, updatedAt: updatedAt.toISOString(), updatedBy };
  return { id, name, conditions: conditions.map(copyOf), ...changed };
}

function copyOf(condition: Segment['conditions'][number]) {
  switch (condition.kind) {
    case 'tag':
      return { ...condition, tagIds: [...condition.tagIds] };
    case 'used_service':
      return { ...condition, services: [...condition.services] };
    case 'district':
      return { ...condition, districts: [...condition.districts] };
    case 'followed':
    case 'booked':
    case 'closed_visit':
      return condition;
  }
}

function presentMember({ follower, values }: AudienceMember) {
  const { openid, subscribedAt, tagIds, district, unreachable } = follower;
  return {
    openid: endOf(openid),
    followedAt: subscribedAt?.toISOString() ?? null,
    tagIds: tagIds ?? [],
    district: district ?? null,
    unreachable: unreachable?.reason ?? null,
    values,
  };
}

function named({ id, name }: { id: string; name: string }) {
  return { id, name };
}
