/** 预约 as the staff API shows it. Times are ISO 8601 in UTC; days and times of day are those of Asia/Shanghai. */
import { z } from 'zod';
import {
  calendarYearSchema,
  closureSchema,
  scheduleSchema,
  serviceSchema,
  venueSchema,
} from '../features/appointments/offer.js';

const accountId = z.string();
const id = z.string().max(140);
const reason = z.string().trim().min(1).max(200);

/** How somebody says which state they change: nothing is overwritten that they have not seen. */
const edit = {
  /** The version that was changed; 0: it is new. */
  baseVersion: z.int().min(0),
  /** Said by whoever has been told (`would_close_booked`) that booked places close by it. */
  closesBooked: z.boolean().default(false),
};

const itemOf = <Value extends z.ZodType>(value: Value) =>
  z.object({
    value,
    version: z.int(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.object({ staffId: z.string(), name: z.string() }),
  });

export const serviceItemSchema = itemOf(serviceSchema);
export const venueItemSchema = itemOf(venueSchema);
export const scheduleItemSchema = itemOf(scheduleSchema);
export const calendarItemSchema = itemOf(calendarYearSchema);
export const closureItemSchema = itemOf(closureSchema).extend({ id });

/** In the order in which citizens see them. */
export const offerSchema = z.object({
  services: z.array(serviceItemSchema),
  venues: z.array(venueItemSchema),
  schedules: z.array(scheduleItemSchema),
});

export const offerItemPathSchema = z.object({ accountId, id });
export const schedulePathSchema = z.object({ accountId, service: id, venue: id });
export const serviceEditSchema = z.strictObject({ value: serviceSchema, ...edit });
export const venueEditSchema = z.strictObject({ value: venueSchema, ...edit });
export const scheduleEditSchema = z.strictObject({ value: scheduleSchema, ...edit });
export const offerRemovalSchema = z.strictObject({
  baseVersion: z.coerce.number().int().min(1),
  closesBooked: z.enum(['true', 'false']).default('false'),
});
export const offerOrderSchema = z.strictObject({ ids: z.array(id).max(200) });

export const calendarSchema = z.object({
  years: z.array(calendarItemSchema),
  /** Years whose holidays should be known by now. */
  missing: z.array(z.int()),
});
export const calendarEditSchema = z.strictObject({ value: calendarYearSchema, ...edit });

export const closureListSchema = z.object({ closures: z.array(closureItemSchema) });
export const closureMadeSchema = z.object({
  closure: closureItemSchema,
  /** Places that were taken in what is closed: those people are told, one by one. */
  taken: z.int(),
});

const personSchema = z.object({ name: z.string(), idNumber: z.string(), phone: z.string() });
const stateSchema = z.enum([
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

export const appointmentSchema = z.object({
  appointmentId: z.string(),
  state: stateSchema,
  service: z.string(),
  venue: z.string(),
  day: z.iso.date(),
  startsAt: z.iso.datetime().nullable(),
  endsAt: z.iso.datetime().nullable(),
  /** Masked. null: not known yet, or its key is lost. */
  person: personSchema.nullable(),
});

/** As the counter sees it; never with its code, which is the citizen's to show. */
export const appointmentEntrySchema = appointmentSchema.extend({
  /** Why staff booked it beyond the rules. */
  override: z.string().nullable(),
  /** Why it was cancelled or closed. */
  endedBecause: z.string().nullable(),
  isExcused: z.boolean(),
  timesMoved: z.int(),
  arrivedAt: z.iso.datetime().nullable(),
});

export const dayPathSchema = z.object({ accountId, day: z.iso.date() });
export const dayQuerySchema = z.strictObject({ service: id.optional(), venue: id.optional() });
export const dayListSchema = z.object({
  slots: z.array(
    z.object({
      slotId: z.string(),
      service: z.string(),
      venue: z.string(),
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      capacity: z.int(),
      taken: z.int(),
      /** Why it is closed; null: open. */
      closed: z.string().nullable(),
      appointments: z.array(appointmentEntrySchema),
    }),
  ),
  waiting: z.array(appointmentEntrySchema),
});

export const checkInSchema = z.strictObject({ code: z.string().trim().min(1).max(40) });
export const appointmentPathSchema = z.object({ accountId, appointmentId: z.string().max(64) });
export const reasonSchema = z.strictObject({ reason });
export const overrideSchema = z.strictObject({
  slotId: z.string().max(64),
  person: z.strictObject({
    name: z.string().max(60),
    idNumber: z.string().max(40),
    phone: z.string().max(40),
  }),
  reason,
});

/** In full. null: its key is lost. */
export const disclosedPersonSchema = z.object({ person: personSchema.nullable() });

export const objectionListSchema = z.object({
  objections: z.array(
    z.object({
      appointment: appointmentSchema,
      /** With every number masked. null: the key is lost. */
      text: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  ),
});
export const objectionDecisionSchema = z.strictObject({ isGranted: z.boolean(), reason });

const mostFigureDays = 366;

export const figuresQuerySchema = z
  .strictObject({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, { error: '结束日期不能早于开始日期', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < mostFigureDays * 86_400_000, {
    error: `一次最多看 ${mostFigureDays} 天`,
    path: ['to'],
  });
export const figuresSchema = z.object({
  figures: z.array(
    z.object({
      day: z.iso.date(),
      service: z.string(),
      venue: z.string(),
      /** Places in slots that are open. */
      places: z.int(),
      /** Whoever booked and neither cancelled nor was moved out. */
      booked: z.int(),
      arrived: z.int(),
      missed: z.int(),
      cancelled: z.int(),
      /** Booked places of all, in per cent; null: there were none. */
      utilisation: z.number().nullable(),
      /** Missed visits of those that are over, in per cent; null: none are. */
      noShow: z.number().nullable(),
    }),
  ),
});

export type OfferView = z.output<typeof offerSchema>;
export type DayListView = z.output<typeof dayListSchema>;
export type AppointmentEntryView = z.output<typeof appointmentEntrySchema>;
export type FigureView = z.output<typeof figuresSchema>['figures'][number];
