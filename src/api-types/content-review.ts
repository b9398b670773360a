/** Submissions and releases as the staff API shows them. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { changesSchema, editorSchema } from './content.js';

const accountId = z.string();
const number = z.coerce.number().int().min(1);
export const numberedPathSchema = z.object({ accountId, number });
export const replyPathSchema = z.object({ accountId, id: z.string().min(1).max(64) });

const stage = z.enum(['first', 'second', 'final']);
const state = z.enum(['pending', 'published', 'rejected', 'returned', 'withdrawn', 'voided']);
const page = {
  /** The `next` of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const submissionsQuerySchema = z.strictObject({ ...page, state: state.optional() });
export const releasesQuerySchema = z.strictObject(page);

export const submitSchema = z.strictObject({
  /** The draft's revision that the submitter has seen. */
  revision: z.int().min(1),
  note: z.string().trim().max(500).default(''),
  /** Asks for two reviews; refused unless every change is one of wording. */
  routine: z.boolean().default(false),
});

export const submissionSchema = z.object({
  number: z.int(),
  /** What an approval must name. */
  hash: z.string(),
  draftRevision: z.int(),
  baseRelease: z.int(),
  stages: z.array(stage).readonly(),
  /** The stage that is due; null: none. */
  due: stage.nullable(),
  note: z.string(),
  submittedBy: editorSchema,
  submittedAt: z.iso.datetime(),
  /** None of them may review it. */
  authors: z.array(editorSchema).readonly(),
  approvals: z.array(z.object({ stage, by: editorSchema, at: z.iso.datetime() })),
  state,
  outcome: z
    .object({
      by: editorSchema,
      at: z.iso.datetime(),
      reason: z.string(),
      /** Number of the release that it became. */
      release: z.int().optional(),
    })
    .nullable(),
});
export const submissionListSchema = z.object({
  submissions: z.array(submissionSchema),
  next: z.int().nullable(),
});

const reason = z.string().trim().min(1).max(500);
/** A review names what was looked at. */
const looked = { hash: z.string().length(64), stage };
export const approvalSchema = z.strictObject(looked);
export const refusalSchema = z.strictObject({ ...looked, reason });
export const withdrawalSchema = z.strictObject({ reason: z.string().trim().max(500).default('') });
export const reasonSchema = z.strictObject({ reason });

export const releaseSchema = z.object({
  number: z.int(),
  hash: z.string(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('initial') }),
    z.object({ kind: z.literal('operator') }),
    z.object({ kind: z.literal('review'), submission: z.int() }),
    z.object({ kind: z.literal('rollback'), to: z.int() }),
    z.object({ kind: z.literal('withdrawal'), reply: z.string() }),
  ]),
  publishedAt: z.iso.datetime(),
  publishedBy: editorSchema,
  note: z.string(),
});
export const releaseListSchema = z.object({
  releases: z.array(releaseSchema),
  /** Number of the one that citizens get. */
  live: z.int().nullable(),
  next: z.int().nullable(),
});
export const releaseDiffQuerySchema = z.strictObject({
  /** Number of the release to compare with; the one before if absent. */
  from: z.coerce.number().int().min(1).optional(),
});
export const releaseRepliesQuerySchema = z.strictObject({
  /** Occurs in the id or in the title. */
  text: z.string().trim().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const releaseRepliesSchema = z.object({
  replies: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** From this day on, in Beijing time, citizens are told that it is being updated; null: it does not end. */
      expires: z.string().nullable(),
    }),
  ),
});
export const releaseDiffSchema = changesSchema.extend({ from: z.int(), to: z.int() });
export const liveSchema = z.object({ number: z.int(), hash: z.string(), updatedAt: z.iso.datetime() });

/** What the live release wants at the bottom of the chat, and what the platform shows. */
export const buttonMenuStateSchema = z.object({
  wanted: z.unknown(),
  shown: z.unknown(),
  isSame: z.boolean(),
});

export type SubmissionView = z.output<typeof submissionSchema>;
export type ReleaseView = z.output<typeof releaseSchema>;
export type ReleaseReplyView = z.output<typeof releaseRepliesSchema>['replies'][number];
