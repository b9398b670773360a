/** What citizens left for the staff, 留言 and 纠错, as the staff API shows it. Times are ISO 8601 in UTC. */
import { z } from 'zod';

const accountId = z.string();
const kindSchema = z.enum(['message', 'correction']);

export const messagePathSchema = z.object({ accountId, receipt: z.string().max(40) });

const page = {
  /** The `next` of the page before. */
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const messagesQuerySchema = z.strictObject({
  kind: kindSchema.optional(),
  state: z.enum(['open', 'handled', 'all']).default('open'),
  ...page,
});

/** In a body: what stands in an address is written into logs. */
export const phoneSearchSchema = z.strictObject({ phone: z.string().trim().min(5).max(30) });

export const messageSchema = z.object({
  receipt: z.string(),
  kind: kindSchema,
  /** null: the key that it was sealed with is not known any more. */
  words: z
    .object({
      text: z.string(),
      phone: z.string().nullable(),
      picture: z.object({ url: z.string() }).nullable(),
    })
    .nullable(),
  /** The answer that a correction is about. */
  about: z.object({ reply: z.string(), release: z.int() }).nullable(),
  handled: z
    .object({
      by: z.object({ staffId: z.string(), name: z.string() }),
      at: z.iso.datetime(),
      note: z.string(),
    })
    .nullable(),
  at: z.iso.datetime(),
  /** When it is deleted. */
  expiresAt: z.iso.datetime(),
});

/** Numbers masked. */
export const messagePageSchema = z.object({
  messages: z.array(messageSchema),
  /** Those that wait, whatever the filter. */
  open: z.int(),
  next: z.string().nullable(),
});
export const messageListSchema = z.object({ messages: z.array(messageSchema) });

export const disclosureSchema = z.strictObject({ reason: z.string().trim().min(1).max(200) });
export const handlingSchema = z.strictObject({ note: z.string().trim().min(1).max(500) });

export type CitizenMessageView = z.output<typeof messageSchema>;
