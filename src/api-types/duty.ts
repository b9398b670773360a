/** Alerts for the officer on duty, as the staff API shows them. Times are ISO 8601 in UTC. */
import { z } from 'zod';

const step = { by: z.object({ staffId: z.string(), name: z.string() }), at: z.iso.datetime() };

export const alertPathSchema = z.object({ accountId: z.string(), id: z.string().max(64) });

export const alertsQuerySchema = z.strictObject({
  /** `active`: open ones, then those that somebody has taken on, the oldest first; `closed`: the latest first. */
  section: z.enum(['active', 'closed']).default('active'),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const alertSchema = z.object({
  id: z.string(),
  openid: z.string(),
  /** The kind of emergency, as it is called. */
  kind: z.string(),
  /** What it was recognised by; empty: by how the text reads. */
  word: z.string(),
  /** The beginning of what the citizen wrote; null: it cannot be read any more. */
  text: z.string().nullable(),
  sentAt: z.iso.datetime(),
  at: z.iso.datetime(),
  state: z.enum(['open', 'seen', 'closed']),
  seen: z.object(step).nullable(),
  closed: z.object({ ...step, note: z.string() }).nullable(),
});

export const alertPageSchema = z.object({
  alerts: z.array(alertSchema),
  next: z.string().nullable(),
});

export const openAlertsSchema = z.object({ open: z.int() });
export const alertClosingSchema = z.strictObject({ note: z.string().trim().min(1).max(500) });

export type DutyAlertView = z.output<typeof alertSchema>;
