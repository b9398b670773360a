/** What citizens asked in vain, what they think of the answers, what is asked how often. Times are ISO 8601 in UTC. */
import { z } from 'zod';

const accountId = z.string();
const person = z.object({ staffId: z.string(), name: z.string() });
const itemId = z.string().min(1).max(64);

/** Where a question leads. */
export const targetSchema = z.union([
  z.strictObject({ reply: itemId }),
  z.strictObject({ node: itemId }),
  z.strictObject({ form: itemId }),
]);

export const groupPathSchema = z.object({ accountId, id: z.string().max(64) });

export const unansweredStateSchema = z.enum(['open', 'attached', 'dismissed']);

export const unansweredQuerySchema = z.strictObject({
  state: unansweredStateSchema.default('open'),
  /** `count`: most messages first; `latest`: the last asked first. */
  order: z.enum(['count', 'latest']).default('count'),
  /** Occurs in one of the wordings. */
  text: z.string().trim().min(1).max(100).optional(),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const unansweredGroupSchema = z.object({
  id: z.string(),
  /** The wording that came first; personal data masked, as in every wording. */
  title: z.string(),
  messages: z.int(),
  /** Different citizens. */
  citizens: z.int(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** What of the live release might be the answer, best first. */
  nearest: z.array(z.object({ target: targetSchema, title: z.string() })),
  state: unansweredStateSchema,
  /** Send it back as `baseVersion` with what is done. */
  version: z.int(),
  decision: z
    .object({
      by: person,
      at: z.iso.datetime(),
      /** How many messages there were then. */
      messages: z.int(),
      attached: z
        .object({
          to: targetSchema,
          title: z.string(),
          /** The rule of the draft that leads there. */
          ruleId: z.string(),
          /** The questions that this rule did not know yet. */
          added: z.array(z.string()),
        })
        .nullable(),
      /** Why it was dismissed. */
      reason: z.string().nullable(),
    })
    .nullable(),
});

export const unansweredPageSchema = z.object({
  groups: z.array(unansweredGroupSchema),
  /** Groups that wait, whatever the filter. */
  open: z.int(),
  next: z.string().nullable(),
});

export const unansweredDetailSchema = z.object({
  group: unansweredGroupSchema,
  /** Most frequent first. */
  wordings: z.array(z.object({ text: z.string(), messages: z.int(), lastSeenAt: z.iso.datetime() })),
});

const baseVersion = z.int().min(0);

export const newAnswerSchema = z.strictObject({
  title: z.string().trim().min(1).max(40),
  text: z.string().trim().min(1).max(10_000),
  /** A node that gives it, with the lowest free number below `parent`; null is the first level. */
  node: z
    .strictObject({ parent: itemId.nullable(), title: z.string().trim().min(1).max(20) })
    .exactOptional(),
});

/** `to`: an answer that the draft holds; `answer`: one that is written now. One of them. */
export const attachSchema = z
  .strictObject({
    baseVersion,
    to: targetSchema.exactOptional(),
    answer: newAnswerSchema.exactOptional(),
  })
  .refine(({ to, answer }) => (to === undefined) !== (answer === undefined), {
    error: '请选一条回答，或者写一条新的',
    path: ['to'],
  });
export const attachedSchema = z.object({ group: unansweredGroupSchema, revision: z.int() });

export const dismissalSchema = z.strictObject({ baseVersion, reason: z.string().trim().min(1).max(200) });
export const reopeningSchema = z.strictObject({ baseVersion });

export const feedbackQuerySchema = z.strictObject({
  /** Number of the release whose answers were judged; absent: all. */
  release: z.coerce.number().int().min(1).optional(),
  /** The `next` of the page before. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const feedbackPageSchema = z.object({
  /** What was most often found useless first. */
  ratings: z.array(
    z.object({
      reply: z.string(),
      /** null: the live release has no such reply any more. */
      title: z.string().nullable(),
      release: z.int(),
      useful: z.int(),
      useless: z.int(),
    }),
  ),
  next: z.int().nullable(),
});

export const feedbackPathSchema = z.object({ accountId, reply: z.string().max(64) });
export const samplesQuerySchema = z.strictObject({
  release: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const samplesSchema = z.object({
  /** What those had asked in words who judged the answer; the latest first, personal data masked. */
  samples: z.array(
    z.object({ text: z.string(), useful: z.boolean(), release: z.int(), votedAt: z.iso.datetime() }),
  ),
});

const count = z.int().min(0);

export const nodeStatisticsSchema = z.object({
  /** The first day of the thirty that are counted, `YYYY-MM-DD` in Asia/Shanghai; today is the last. */
  since: z.string(),
  /** By id; those without a count are left out. `unanswered`: questions in vain of citizens who stood there. */
  nodes: z.record(z.string(), z.object({ answers: count, unanswered: count })),
  /** By id, however the reply was reached. */
  replies: z.record(z.string(), z.object({ answers: count })),
});

export type TargetView = z.output<typeof targetSchema>;
export type UnansweredGroupView = z.output<typeof unansweredGroupSchema>;
export type UnansweredDetailView = z.output<typeof unansweredDetailSchema>;
export type UnansweredStateName = z.output<typeof unansweredStateSchema>;
export type NewAnswerInput = z.output<typeof newAnswerSchema>;
export type FeedbackPageView = z.output<typeof feedbackPageSchema>;
export type VoteSampleView = z.output<typeof samplesSchema>['samples'][number];
export type NodeStatistics = z.output<typeof nodeStatisticsSchema>;
