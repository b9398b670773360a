/** 检票 as the staff API shows it. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { bucketCount } from '../features/tickets/ticket-bucket.js';
import { ticketKeySchema } from '../features/tickets/ticket-qr.js';

export { bucketCount, bucketOf, leaseMs, silenceMs } from '../features/tickets/ticket-bucket.js';
export { readTicketCode } from '../features/tickets/ticket-code.js';
export { createTicketVerifier, type TicketKey, type VerifyTicket } from '../features/tickets/ticket-qr.js';

const accountId = z.string();
const activityId = z.string().max(64);
/** Made by the browser. */
const madeId = z.string().regex(/^[\w-]{8,64}$/);
const gate = z.string().trim().min(1).max(20);
const bucket = z
  .int()
  .min(0)
  .max(bucketCount - 1);
const ticketId = z.string().min(1).max(64);
const turn = z.int().min(1);

export const checkInActivityPathSchema = z.object({ accountId, activityId });
export const checkInPathSchema = z.object({ accountId, checkInId: z.string().max(64) });

export const checkInActivitiesSchema = z.object({
  activities: z.array(
    z.object({
      activityId: z.string(),
      title: z.string(),
      place: z.string(),
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      groups: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** From when to when its tickets let people in. */
          opensAt: z.iso.datetime(),
          endsAt: z.iso.datetime(),
        }),
      ),
    }),
  ),
});

export const turnSchema = z.strictObject({
  device: madeId,
  gate,
  /** Larger than that of the turn before. */
  turn,
  /** The buckets that this gate decides about, and has nothing to upload of any other. */
  holds: z.array(bucket).max(bucketCount),
  /** Tickets of these that it leaves to whoever asked. */
  agreed: z.array(ticketId).max(1_000),
  /** As the last turn said; absent: it knows no tickets yet. */
  since: z.iso.datetime().optional(),
});

const arrivalSchema = z.object({ at: z.iso.datetime(), gate: z.string() });

export const listedTicketSchema = z.object({
  ticketId: z.string(),
  code: z.string(),
  groupId: z.string(),
  /** Masked; null: its key is lost. */
  person: z.string().nullable(),
  revokedBecause: z.string().nullable(),
  arrival: arrivalSchema.nullable(),
});

export const gateNewsSchema = z.object({
  /** What this gate may decide about from now on. */
  buckets: z.array(z.int()),
  /** Tickets of its own that other gates ask for. */
  asked: z.array(z.string()),
  gates: z.array(
    z.object({ device: z.string(), name: z.string(), buckets: z.array(z.int()), silentMs: z.int() }),
  ),
  tickets: z.array(listedTicketSchema),
  since: z.iso.datetime(),
  counts: z.array(z.object({ groupId: z.string(), name: z.string(), expected: z.int(), arrived: z.int() })),
  /** Admissions without network that staff are to look at. */
  disputed: z.int(),
  /** How long until the next turn, in milliseconds. */
  pauseMs: z.int(),
  publicKey: ticketKeySchema,
});

export const leavingSchema = z.strictObject({ device: madeId, turn });

const shownSchema = z.union([
  z.strictObject({ qr: z.string().min(1).max(600) }),
  z.strictObject({ code: z.string().min(1).max(40) }),
]);

export const admissionSchema = z.strictObject({
  shown: shownSchema,
  device: madeId,
  gate,
  requestId: madeId,
});

export const admissionAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('admitted'),
    admission: z.object({
      checkInId: z.string(),
      ticketId: z.string(),
      group: z.string(),
      person: z.string().nullable(),
      at: z.iso.datetime(),
      gate: z.string(),
    }),
  }),
  /** Another gate has been asked; the same request again, in half a second, tells. */
  z.object({ outcome: z.literal('asking'), gate: z.string() }),
]);

export const uploadSchema = z.strictObject({
  ticketId,
  device: madeId,
  gate,
  requestId: madeId,
  /** How long ago, in milliseconds. */
  agoMs: z
    .int()
    .min(0)
    .max(7 * 86_400_000),
});

const disputeReasonSchema = z.enum(['bad_ticket', 'other_activity', 'ticket_revoked', 'already_in']);

export const uploadAnswerSchema = z.object({
  isDisputed: z.boolean(),
  because: disputeReasonSchema.nullable(),
});

export const disputedListSchema = z.object({
  disputed: z.array(
    z.object({
      checkInId: z.string(),
      ticketId: z.string(),
      gate: z.string(),
      at: z.iso.datetime(),
      because: disputeReasonSchema,
      by: z.string(),
    }),
  ),
});

export const undoSchema = z.strictObject({ reason: z.string().trim().min(1).max(200) });

export type CheckInActivity = z.output<typeof checkInActivitiesSchema>['activities'][number];
export type TurnBody = z.output<typeof turnSchema>;
export type AdmissionBody = z.output<typeof admissionSchema>;
export type UploadBody = z.output<typeof uploadSchema>;
export type GateNews = z.output<typeof gateNewsSchema>;
export type ListedTicket = z.output<typeof listedTicketSchema>;
export type AdmissionAnswer = z.output<typeof admissionAnswerSchema>;
export type DisputedList = z.output<typeof disputedListSchema>;
export type DisputeReason = z.output<typeof disputeReasonSchema>;
