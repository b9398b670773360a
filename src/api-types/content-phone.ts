/** The draft on a phone, as the staff API shows it. */
import { z } from 'zod';

const text = z.string().max(2_000);
const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text }),
  z.strictObject({ kind: z.literal('click'), key: text }),
  z.strictObject({ kind: z.literal('scan'), scene: text }),
  z.strictObject({ kind: z.literal('follow'), scene: text.exactOptional() }),
  z.strictObject({ kind: z.literal('unfollow') }),
  z.strictObject({ kind: z.literal('image'), mediaId: text, url: text }),
  z.strictObject({
    kind: z.literal('voice'),
    mediaId: text,
    format: text,
    recognition: text.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    label: text,
  }),
]);

export const phoneMessageSchema = z.strictObject({
  /** What the last answer gave back; absent: a citizen who is new here. */
  state: z.unknown().optional(),
  input: inputSchema,
  /** Milliseconds since the epoch, UTC: lets a place expire without waiting; the present if absent. */
  now: z.number().optional(),
});

const articleSchema = z.object({
  title: z.string(),
  description: z.string(),
  pictureUrl: z.string().exactOptional(),
  url: z.string(),
});
/** What the account says; the text may hold `<a href="…">…</a>` and line breaks. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('image'), mediaId: z.string() }),
  z.object({ kind: z.literal('voice'), mediaId: z.string() }),
  z.object({ kind: z.literal('video'), mediaId: z.string(), title: z.string(), description: z.string() }),
  z.object({
    kind: z.literal('music'),
    title: z.string(),
    description: z.string(),
    url: z.string(),
    hqUrl: z.string().exactOptional(),
    thumbMediaId: z.string(),
  }),
  z.object({ kind: z.literal('articles'), articles: z.array(articleSchema) }),
  z.object({ kind: z.literal('transfer'), staffAccount: z.string().exactOptional() }),
]);

const targetSchema = z.union([
  z.object({ node: z.string() }),
  z.object({ reply: z.string() }),
  z.object({ form: z.string() }),
]);
const decisionSchema = z.object({
  /** The step that decided. */
  step: z.string(),
  node: z.string().optional(),
  reply: z.string().optional(),
  rule: z.string().optional(),
  form: z.string().optional(),
  kind: z.string().optional(),
  word: z.string().optional(),
  /** How sure the search was, 0 to 1. */
  score: z.number().optional(),
  /** What was answered beside it, where several questions were asked. */
  also: z
    .array(z.object({ node: z.string().optional(), reply: z.string() }))
    .readonly()
    .optional(),
  /** Below the answer stood a list of what else may have been asked. */
  offered: z.boolean().optional(),
});

export const phoneAnswerSchema = z.object({
  /** Of the draft that answered. */
  revision: z.int(),
  /** In the order in which they are said. */
  replies: z.array(replySchema).readonly(),
  /** Send it back with the next message. */
  state: z.unknown(),
  decision: decisionSchema,
  /** What services would have been asked; nothing of it was carried out. */
  requests: z.array(z.object({ name: z.string(), payload: z.unknown(), required: z.boolean() })),
});

export const hitsQuerySchema = z.strictObject({ text: z.string().trim().min(1).max(600) });
export const hitsSchema = z.object({
  revision: z.int(),
  /** What decides, for a citizen who is new here. */
  decision: decisionSchema,
  /** Each way of understanding that has an answer, in order of precedence. */
  steps: z.array(z.object({ name: z.string(), decision: decisionSchema })),
  /** What the search finds nearest, best first. */
  candidates: z
    .array(
      z.object({
        target: targetSchema,
        confidence: z.number(),
        things: z.array(z.string()).readonly(),
        strangers: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
});

export type PhoneInput = z.output<typeof inputSchema>;
export type PhoneReply = z.output<typeof replySchema>;
export type PhoneAnswerView = z.output<typeof phoneAnswerSchema>;
export type PhoneTarget = z.output<typeof targetSchema>;
export type DecisionView = z.output<typeof decisionSchema>;
export type HitsView = z.output<typeof hitsSchema>;
