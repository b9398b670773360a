/**
 * What the citizens' page and its server tell each other. Times are ISO 8601 in UTC, days `YYYY-MM-DD` in
 * Asia/Shanghai.
 */
import { z } from 'zod';

const id = z.string().max(64);
const day = z.iso.date();
const instant = z.iso.datetime();

export const homeSchema = z.object({
  /** What the account is called. */
  accountName: z.string(),
  /** Goes with every mutation, in `X-CSRF-Token`. */
  csrfToken: z.string(),
});

export const privacyNoticeSchema = z.object({
  /** Names what was read, in a consent. */
  version: z.string(),
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
});

export const bookableServiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What to bring. */
  materials: z.array(z.string()),
  note: z.string(),
  /** Until so many minutes before the time one can cancel or move. */
  cancelUntilMinutes: z.int(),
});
export const bookableServicesSchema = z.object({ services: z.array(bookableServiceSchema) });

export const hallSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Empty: not known yet. */
  address: z.string(),
  phone: z.string(),
  note: z.string(),
});
export const hallsSchema = z.object({ service: bookableServiceSchema, venues: z.array(hallSchema) });

const slotState = z.enum(['free', 'full', 'closed', 'not_yet', 'over']);

export const bookableDaySchema = z.object({
  day,
  state: slotState,
  /** Places left. */
  free: z.int(),
  /** Of a closed day, why. */
  reason: z.string().nullable(),
});
export const bookableDaysSchema = z.object({ days: z.array(bookableDaySchema) });

export const bookableSlotSchema = z.object({
  slotId: z.string(),
  startsAt: instant,
  endsAt: instant,
  state: slotState,
  free: z.int(),
});
export const bookableSlotsSchema = z.object({ slots: z.array(bookableSlotSchema) });

export const appointmentStateSchema = z.enum([
  'held',
  'waiting',
  'offered',
  'booked',
  'arrived',
  'missed',
  'cancelled',
  'closed',
  'lapsed',
]);

export const citizenAppointmentSchema = z.object({
  appointmentId: z.string(),
  state: appointmentStateSchema,
  service: z.object({ id: z.string(), name: z.string(), materials: z.array(z.string()) }),
  venue: hallSchema,
  day,
  /** null while waiting. */
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  /** Until when a held or offered place is kept. */
  until: instant.nullable(),
  /** Shown at the counter. */
  code: z.string().nullable(),
  /** Masked; null before the form. */
  person: z.object({ name: z.string(), idNumber: z.string(), phone: z.string() }).nullable(),
  isChangeable: z.boolean(),
  /** While waiting: how many are before. */
  position: z.int().nullable(),
  /** What was said against a missed visit. null: nothing. */
  objection: z
    .object({
      at: instant,
      /** null: nobody has decided yet. */
      decision: z.object({ isGranted: z.boolean(), reason: z.string(), at: instant }).nullable(),
    })
    .nullable(),
});
export const citizenAppointmentsSchema = z.object({ appointments: z.array(citizenAppointmentSchema) });

export const servicePathSchema = z.object({ accountId: z.string(), service: id });
export const hallPathSchema = servicePathSchema.extend({ venue: id });
export const dayPathSchema = hallPathSchema.extend({ day });
export const appointmentPathSchema = z.object({ accountId: z.string(), appointmentId: z.string().max(64) });

export const slotChoiceSchema = z.strictObject({ slotId: z.string().min(1).max(64) });

export const personSchema = z.strictObject({
  name: z.string().trim().min(1, '请填写姓名').max(60),
  idNumber: z.string().trim().min(1, '请填写身份证号').max(60),
  phone: z.string().trim().min(1, '请填写手机号').max(60),
});
/** `notice`: the version of the privacy notice that was agreed to. */
const personWithConsent = { person: personSchema, notice: z.string().max(40) };

export const bookingSchema = z.strictObject(personWithConsent);
export const waitingSchema = z.strictObject({ service: id, venue: id, day, ...personWithConsent });

export const objectionSchema = z.strictObject({
  text: z.string().trim().min(1, '请写明情况').max(500, '最多 500 个字'),
});

export type Home = z.output<typeof homeSchema>;
export type PrivacyNotice = z.output<typeof privacyNoticeSchema>;
export type BookableService = z.output<typeof bookableServiceSchema>;
export type Hall = z.output<typeof hallSchema>;
export type BookableDay = z.output<typeof bookableDaySchema>;
export type BookableSlot = z.output<typeof bookableSlotSchema>;
export type CitizenAppointment = z.output<typeof citizenAppointmentSchema>;
export type PersonInput = z.input<typeof personSchema>;
