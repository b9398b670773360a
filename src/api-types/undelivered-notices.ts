/** 没送到的通知: messages about appointments that did not arrive. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { appointmentSchema } from './appointments.js';

export const undeliveredQuerySchema = z.strictObject({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const undeliveredNoticeSchema = z.object({
  noticeId: z.string(),
  kind: z.enum(['offered', 'closed', 'cancelled', 'reminder_day', 'reminder_hours', 'missed']),
  /** `unknown`: it may have arrived. */
  state: z.enum(['refused', 'failed', 'unknown']),
  /** The last way that was tried; null: none was. */
  channel: z.enum(['customer_service', 'template']).nullable(),
  /** Stable; why it did not arrive. */
  reason: z.string(),
  /** What it said, without the citizen's code; null: it was never said. */
  said: z.string().nullable(),
  endedAt: z.iso.datetime(),
  /** What it says is of no use from then on. */
  until: z.iso.datetime(),
  isRepeatable: z.boolean(),
  /** The end of how the platform names the citizen. */
  citizen: z.string(),
  /** The person masked; null: it has been deleted meanwhile. */
  appointment: appointmentSchema.nullable(),
});

export const undeliveredPageSchema = z.object({
  notices: z.array(undeliveredNoticeSchema),
  next: z.string().nullable(),
});

export const undeliveredPathSchema = z.object({ accountId: z.string(), noticeId: z.string().max(40) });

export type UndeliveredNoticeEntry = z.output<typeof undeliveredNoticeSchema>;
