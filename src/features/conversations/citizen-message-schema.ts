import { z } from 'zod';
import type { CitizenMessage } from '../../core/messages.js';

/** For reading an input back from its sealed form. */
export const citizenInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('image'), mediaId: z.string(), url: z.string() }),
  z.object({
    kind: z.literal('voice'),
    mediaId: z.string(),
    format: z.string(),
    recognition: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('video'), mediaId: z.string(), thumbMediaId: z.string() }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    label: z.string(),
  }),
  z.object({ kind: z.literal('link'), title: z.string(), url: z.string() }),
  z.object({ kind: z.literal('follow'), scene: z.string().exactOptional() }),
  z.object({ kind: z.literal('unfollow') }),
  z.object({ kind: z.literal('scan'), scene: z.string() }),
  z.object({ kind: z.literal('click'), key: z.string() }),
  z.object({ kind: z.literal('notification'), name: z.string() }),
]);

/** For reading a message back from its sealed form. */
export const citizenMessageSchema: z.ZodType<CitizenMessage> = z.object({
  accountId: z.string(),
  openid: z.string(),
  key: z.string(),
  sentAt: z.number(),
  input: citizenInputSchema,
  raw: z.record(z.string(), z.unknown()),
});
