/** 没送到的通知: messages that did not arrive. Times are ISO 8601 in UTC. */
import { z } from 'zod';

/** What they are about, each with an address of its own and permissions of its own. */
export const undeliveredSubjects = ['appointments', 'activities'] as const;
export type UndeliveredSubject = (typeof undeliveredSubjects)[number];

export const undeliveredQuerySchema = z.strictObject({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const undeliveredNoticeSchema = z.object({
  noticeId: z.string(),
  /** One of those of the subject: `reminder_day`. */
  kind: z.string(),
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
  /** Null: it has been deleted meanwhile. */
  about: z
    .object({
      title: z.string(),
      place: z.string(),
      /** `YYYY-MM-DD` in Asia/Shanghai. */
      day: z.string(),
      /** Both null: there is only a day. */
      startsAt: z.iso.datetime().nullable(),
      endsAt: z.iso.datetime().nullable(),
      /** Masked; null: not known, or the key is lost. */
      person: z.object({ name: z.string(), phone: z.string() }).nullable(),
    })
    .nullable(),
});

export const undeliveredPageSchema = z.object({
  notices: z.array(undeliveredNoticeSchema),
  next: z.string().nullable(),
});

export const undeliveredPathSchema = z.object({ accountId: z.string(), noticeId: z.string().max(40) });

export type UndeliveredNoticeEntry = z.output<typeof undeliveredNoticeSchema>;
