/**
 * What the citizens' page and its server tell each other about activities and registrations. Times are ISO 8601 in
 * UTC, money is integer fen.
 */
import { z } from 'zod';
import {
  activityKinds,
  activityQuestionSchema,
  admissionModes,
  type ActivityQuestion,
} from '../features/activities/activity.js';
import { registrationStates } from '../features/activities/registration.js';
import { personSchema } from './citizen-appointments.js';

const instant = z.iso.datetime();
const fen = z.int();

/** Whether a citizen can register. */
export const openingSchema = z.enum([
  'not_yet',
  'open',
  /** No place is left, nor a waiting list. */
  'full',
  /** No place is left; one can stand in the waiting list. */
  'waiting',
  /** Registration has ended. */
  'closed',
  'cancelled',
  /** It has taken place. */
  'over',
]);

export const citizenActivitySummarySchema = z.object({
  activityId: z.string(),
  kind: z.enum(activityKinds),
  title: z.string(),
  place: z.string(),
  startsAt: instant,
  endsAt: instant,
  opensAt: instant,
  closesAt: instant,
  mode: z.enum(admissionModes),
  opening: openingSchema,
  /** Places that can still be taken; before a draw, all of them. */
  left: z.int(),
  /** Of the cheapest and the dearest group. */
  feeFen: z.object({ least: fen, most: fen }),
});
export const citizenActivitiesSchema = z.object({ activities: z.array(citizenActivitySummarySchema) });

const activityGroupViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  feeFen: fen,
  quota: z.int(),
  left: z.int(),
  opening: openingSchema,
  /** Who may take a place: one sentence each; empty: everybody. */
  conditions: z.array(z.string()),
  /** To choose from, where the group asks for it. */
  schools: z.array(z.string()).nullable(),
  districts: z.array(z.string()).nullable(),
});

export const citizenActivitySchema = citizenActivitySummarySchema.extend({
  description: z.string(),
  groups: z.array(activityGroupViewSchema),
  questions: z.array(activityQuestionSchema),
  formVersion: z.int(),
  hasWaitingList: z.boolean(),
  limitPerPerson: z.int(),
  /** How places are given, in sentences. */
  admission: z.array(z.string()),
  /** What comes back on cancelling, in sentences; empty: it is free. */
  refunds: z.array(z.string()),
  /** SHA-256 of the seed that the draw will use; null: nothing is drawn. */
  commitment: z.string().nullable(),
  isDrawn: z.boolean(),
  /** When time or place was changed last. */
  movedAt: instant.nullable(),
  cancelledBecause: z.string().nullable(),
});

export const publicDrawSchema = z.object({
  title: z.string(),
  /** SHA-256 of the seed, hexadecimal; known since the activity was published. */
  commitment: z.string(),
  closesAt: instant,
  /** null: it has not been drawn yet. */
  result: z
    .object({
      /** 64 hexadecimal characters. */
      seed: z.string(),
      /** SHA-256 of the lots, sorted, one a line. */
      lotsDigest: z.string(),
      drawnAt: instant,
      /** Places altogether. */
      quota: z.int(),
      groups: z.array(z.object({ id: z.string(), name: z.string(), quota: z.int() })),
      /** In the drawn order. */
      entries: z.array(z.object({ lot: z.string(), groupId: z.string(), won: z.boolean() })),
    })
    .nullable(),
});

export const listedRegistrationSchema = z.object({
  registrationId: z.string(),
  state: z.enum(registrationStates),
  /** Until when a place is kept for payment, or an offer stands. */
  until: instant.nullable(),
  createdAt: instant,
  activity: z.object({
    activityId: z.string(),
    kind: z.enum(activityKinds),
    title: z.string(),
    place: z.string(),
    mode: z.enum(admissionModes),
    closesAt: instant,
    checkInMinutes: z.int(),
    isDrawn: z.boolean(),
    movedAt: instant.nullable(),
  }),
  group: z.object({ name: z.string(), startsAt: instant, endsAt: instant }),
  /** Masked; null where it cannot be read any more. */
  person: z.object({ name: z.string(), idNumber: z.string(), phone: z.string() }).nullable(),
  /** Of `waiting`: how many are before. */
  position: z.int().nullable(),
  feeFen: fen,
  payment: z.enum(['none', 'due', 'paid', 'refunding', 'refunded', 'refund_waits']),
  /** What it is paid by. */
  orderId: z.string().nullable(),
  isCancellable: z.boolean(),
  /** What comes back on cancelling now. */
  refundFen: fen,
  /** In the draw. */
  lot: z.string().nullable(),
  endedBecause: z.string().nullable(),
});
export const citizenRegistrationsSchema = z.object({ registrations: z.array(listedRegistrationSchema) });

export const citizenRegistrationSchema = listedRegistrationSchema.extend({
  /** What is shown at the entrance, and the same as a code to type. */
  ticket: z.object({ qr: z.string(), code: z.string() }).nullable(),
});

const id = z.string().min(1).max(64);
export const activityPathSchema = z.object({ accountId: z.string(), activityId: id });
export const registrationPathSchema = z.object({ accountId: z.string(), registrationId: id });

const stated = z.string().trim().min(1).max(30);
export const registrationFormSchema = z.strictObject({
  groupId: z.string('请选一个').min(1, '请选一个').max(32),
  /** That of the form that was shown. */
  formVersion: z.int(),
  person: personSchema,
  facts: z.strictObject({ school: stated.optional(), district: stated.optional() }),
  /** By the keys of the questions. */
  answers: z.record(z.string().max(32), z.union([z.string().max(300), z.number()])),
  /** The version of the privacy notice that was agreed to. */
  notice: z.string().max(40),
  /** The same one again is the same registration. */
  requestKey: z.string().regex(/^[\w-]{8,64}$/),
  /** Stand in the waiting list where no place is left. */
  mayWait: z.boolean(),
});

/** `refundFen`: what the citizen was told comes back; less is not given without being told. */
export const cancellationSchema = z.strictObject({ refundFen: fen });

export type { ActivityQuestion };
export type Opening = z.output<typeof openingSchema>;
export type CitizenActivitySummary = z.output<typeof citizenActivitySummarySchema>;
export type CitizenActivity = z.output<typeof citizenActivitySchema>;
export type ActivityGroupView = CitizenActivity['groups'][number];
export type PublicDrawView = z.output<typeof publicDrawSchema>;
export type ListedRegistration = z.output<typeof listedRegistrationSchema>;
export type CitizenRegistration = z.output<typeof citizenRegistrationSchema>;
export type RegistrationInput = z.input<typeof registrationFormSchema>;
