/**
 * 粉丝、标签、分组 as the staff API shows them. Times are ISO 8601 in UTC; days are `YYYY-MM-DD` in Asia/Shanghai.
 * An openid never leaves in full: only its last characters do.
 */
import { z } from 'zod';

const accountId = z.string();
const id = z.string().max(64);
const by = z.object({ staffId: z.string(), name: z.string() });
const tagIdSchema = z.int().min(0);
const tagPathId = z.coerce.number().int().min(0);
const revision = z.int().min(1);
/** The revision that was changed: nothing is overwritten that its editor has not seen. */
const baseRevision = z.int().min(1);

const day = z.iso.date();

/**
 * What somebody must fulfil to belong to a segment. Whether the lists name something, and whether the account knows
 * it, is answered by `bad_rules` (422), whose `details.fields` name each fault: `path` as `conditions.0.tagIds.1`,
 * `code` one of `unknown_tag`, `unknown_service`, `unknown_venue`, `unknown_district`, `from_after_to`, `no_limit`,
 * `empty_list`, and a Chinese `message`.
 */
export const segmentConditionSchema = z.discriminatedUnion('kind', [
  /** Has at least one of these tags. */
  z.strictObject({ kind: z.literal('tag'), tagIds: z.array(tagIdSchema).max(100) }),
  /** Began to follow on one of these days, both included; one of the ends may be open. */
  z.strictObject({ kind: z.literal('followed'), from: day.exactOptional(), to: day.exactOptional() }),
  /** Has been served, or is booked, since that day. */
  z.strictObject({
    kind: z.literal('used_service'),
    services: z.array(id).max(50),
    since: day.exactOptional(),
  }),
  /** Is booked on the day; absent: at any venue, for any service. */
  z.strictObject({ kind: z.literal('booked'), day, venue: id.exactOptional(), service: id.exactOptional() }),
  /** Was booked on the day until a closure ended it; absent: at any venue, for any service. */
  z.strictObject({
    kind: z.literal('closed_visit'),
    day,
    venue: id.exactOptional(),
    service: id.exactOptional(),
  }),
  /** Has told the account one of these districts. */
  z.strictObject({ kind: z.literal('district'), districts: z.array(z.string().max(20)).max(100) }),
]);

/** All of them must apply; without any: every follower. */
const conditions = z.array(segmentConditionSchema).max(10);

export const segmentRulesSchema = z.strictObject({ conditions });

const segmentName = z.string().trim().min(1).max(40);

export const segmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  conditions: z.array(segmentConditionSchema),
  revision,
  updatedAt: z.iso.datetime(),
  updatedBy: by,
});

/** By name. */
export const segmentListSchema = z.object({ segments: z.array(segmentSchema) });
export const segmentPathSchema = z.object({ accountId, id });
/** Errors: `bad_rules` · `segment_name_taken` (409) */
export const newSegmentSchema = z.strictObject({ name: segmentName, conditions });
/** Errors: as above, and `revision_conflict` (409) with `details.theirs`, a whole `segmentSchema`; `no_such_segment`. */
export const segmentEditSchema = z.strictObject({ name: segmentName, conditions, baseRevision });
export const segmentRemovalSchema = z.strictObject({ baseRevision: z.coerce.number().int().min(1) });

export const audienceSizeSchema = z.object({
  /** Followers to whom the rules apply. */
  followers: z.int(),
  /** Of them: those whom the platform has refused to reach for good. */
  unreachable: z.int(),
  /** What a notice to them may call by name: 区县, 预约时间 … */
  placeholders: z.array(z.string()),
});

export const audienceSampleSchema = z.object({
  citizens: z.array(
    z.object({
      /** The last characters of the openid, behind `…`. */
      openid: z.string(),
      /** Null: not known yet; a synchronisation learns it. */
      followedAt: z.iso.datetime().nullable(),
      tagIds: z.array(tagIdSchema),
      district: z.string().nullable(),
      /** Why the platform refuses to reach this citizen, such as `receiver_permanent:43019`. */
      unreachable: z.string().nullable(),
      /** What a notice would put in for each placeholder. */
      values: z.record(z.string(), z.string()),
    }),
  ),
});

const named = z.object({ id: z.string(), name: z.string() });

export const followerTagSchema = z.object({
  id: tagIdSchema,
  name: z.string(),
  /** By the platform's count. */
  followers: z.int(),
  /** The platform's own (0–2): they cannot be renamed or removed, nor citizens added. */
  isPlatforms: z.boolean(),
});

/** What rules can name. */
export const audienceChoicesSchema = z.object({
  tags: z.array(followerTagSchema),
  services: z.array(named),
  venues: z.array(named),
  districts: z.array(z.string()),
});

export const followerTagsSchema = z.object({
  tags: z.array(followerTagSchema),
  /** When the platform said so; null: never yet. */
  readAt: z.iso.datetime().nullable(),
  /** False: the platform could not be asked just now, these are the tags of `readAt`. */
  isCurrent: z.boolean(),
});
export const tagPathSchema = z.object({ accountId, tagId: tagPathId });
/** WeChat: 1–30 bytes. Errors: `tag_name_invalid` · `tag_name_taken` · `too_many_tags` · `tag_unknown` · `tag_of_platform` */
export const tagNameSchema = z.strictObject({ name: z.string().trim().min(1).max(30) });
export const newTagSchema = z.object({ id: tagIdSchema });

const taggingDeed = z.enum(['add', 'take']);

/**
 * Errors: `tag_unknown` · `tag_of_platform` · `follower_unknown` · `follower_tags_full` (a follower has at most 20);
 * then nobody is changed.
 */
export const tagMembersSchema = z.strictObject({
  deed: taggingDeed,
  /** WeChat: at most 50 a call. */
  openids: z.array(z.string().min(1).max(64)).min(1).max(50),
});

const runHead = {
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  startedAt: z.iso.datetime(),
  /** Whoever started it; `system` for the weekly job. */
  startedBy: by,
  endedAt: z.iso.datetime().nullable(),
  /** Of one that failed, why: stable, such as `no_platform_account`. */
  failure: z.string().nullable(),
};

/** A tag given to, or taken from, a whole segment. It goes on by itself, on whichever worker is there. */
export const taggingSchema = z.object({
  ...runHead,
  tagId: tagIdSchema,
  deed: taggingDeed,
  /** Followers to whom the rules applied when it began. */
  total: z.int(),
  changed: z.int(),
  /** Those whom the platform refused: they have left, or have 20 tags. */
  skipped: z.int(),
});
/** The latest first. */
export const taggingListSchema = z.object({ taggings: z.array(taggingSchema) });
/** Errors: `bad_rules` · `empty_segment` · `tag_unknown` · `tag_of_platform` · `already_running` (this tag, 409) */
export const newTaggingSchema = z.strictObject({ tagId: tagIdSchema, deed: taggingDeed, conditions });

/** The followers of the platform brought here, with their tags. */
export const synchronisationSchema = z.object({
  ...runHead,
  /** What it is at: the list, who has left, tags and dates, the blocked. */
  step: z.enum(['list', 'leavers', 'details', 'blocked', 'end']),
  /** Followers by the platform's count; 0 before its first answer. */
  total: z.int(),
  listed: z.int(),
  /** Whose tags and date are known by this run. */
  detailed: z.int(),
  /** Who was not in the list any more. */
  left: z.int(),
  blocked: z.int(),
});
export const synchronisationsSchema = z.object({
  /** Followers known here. */
  followers: z.int(),
  running: synchronisationSchema.nullable(),
  /** The last one that ended. */
  last: synchronisationSchema.nullable(),
});

export const audienceSettingsSchema = z.object({
  /** What citizens can choose from in 我的区县, in this order. */
  districts: z.array(z.string()),
  /** 0: never set. */
  revision: z.int().min(0),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: by.nullable(),
});
/** Errors: `revision_conflict` (409) with `details.theirs`, a whole `audienceSettingsSchema` · `district_twice` */
export const audienceSettingsEditSchema = z.strictObject({
  districts: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[\p{Script=Han}·]{2,20}$/u, '区县是 2 至 20 个汉字'),
    )
    .max(100),
  baseRevision: z.int().min(0),
});

export type SegmentConditionView = z.output<typeof segmentConditionSchema>;
export type SegmentView = z.output<typeof segmentSchema>;
export type AudienceSize = z.output<typeof audienceSizeSchema>;
export type AudienceSample = z.output<typeof audienceSampleSchema>;
export type AudienceChoices = z.output<typeof audienceChoicesSchema>;
export type FollowerTagView = z.output<typeof followerTagSchema>;
export type TaggingView = z.output<typeof taggingSchema>;
export type SynchronisationView = z.output<typeof synchronisationSchema>;
export type SynchronisationsView = z.output<typeof synchronisationsSchema>;
export type AudienceSettingsView = z.output<typeof audienceSettingsSchema>;
