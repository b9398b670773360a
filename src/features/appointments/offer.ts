import { z } from 'zod';

/**
 * What can be booked, as staff set it up: services, the halls that give them, and when. Times of day are `HH:MM` and
 * days `YYYY-MM-DD`, both in Asia/Shanghai. All names are for citizens and in Chinese.
 */

const id = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const name = z.string().trim().min(1).max(40);
const note = z.string().trim().max(300);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const minutes = (most: number) => z.int().min(0).max(most);

/** How many appointments for a service one person may have. `ahead`: at the same time, whenever they are. */
export const personLimitSchema = z.strictObject({
  count: z.int().min(1).max(20),
  per: z.enum(['ahead', 'day', 'month', 'year']),
});

/** Who does not come and does not say so cannot book for a while. */
export const noShowRuleSchema = z.strictObject({
  /** So many missed visits … */
  count: z.int().min(1).max(20),
  /** … within so many days … */
  withinDays: z.int().min(1).max(730),
  /** … bar from booking for so many days. */
  blockDays: z.int().min(1).max(365),
});

/** Something that is done at a counter by appointment: 身份证, 护照, 车驾管. */
export const serviceSchema = z.strictObject({
  id,
  name,
  /** What to bring. */
  materials: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  note: note.default(''),
  /** The reply that tells all about it: a content id. */
  guide: id.optional(),
  limit: personLimitSchema,
  /** A place can be booked until so many minutes before its time begins. */
  leadMinutes: minutes(10_080),
  /** A place can be booked from so many days before its day … */
  horizonDays: z.int().min(1).max(365),
  /** … and this time of that day on. */
  releasesAt: timeOfDay,
  /** A citizen can cancel or move an appointment until so many minutes before its time begins. */
  cancelUntilMinutes: minutes(10_080),
  /** A freed place is kept for whoever is first in the waiting list for so many minutes. */
  offerMinutes: z.int().min(5).max(1_440),
  noShow: noShowRuleSchema,
  /** Not shown to citizens, nothing new can be booked; what is booked stays. */
  isPaused: z.boolean().default(false),
});

/** A hall that citizens go to. */
export const venueSchema = z.strictObject({
  id,
  name,
  /** Empty: not known yet, and said so. */
  address: z.string().trim().max(100).default(''),
  phone: z.string().trim().max(30).default(''),
  note: note.default(''),
});

/** Part of a day in which a venue is open. */
export const openingPeriodSchema = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, { error: '结束时间要晚于开始时间', path: ['to'] });

/** When a venue gives a service, and to how many at once. */
export const scheduleSchema = z
  .strictObject({
    service: id,
    venue: id,
    /** 1 for Monday to 7 for Sunday. Holidays are free and make-up days are worked, whatever the weekday. */
    weekdays: z.array(z.int().min(1).max(7)).min(1),
    /** The usual two: morning and afternoon. */
    periods: z.array(openingPeriodSchema).min(1).max(4),
    /** Each slot; a rest of a period that is shorter is not offered. */
    slotMinutes: z.int().min(5).max(480),
    /** The counters that work at the same time, by what they are called: 3号窗口. */
    counters: z.array(name).min(1).max(50),
    /** Places per slot and counter. */
    perCounter: z.int().min(1).max(100),
  })
  .refine(({ periods }) => areApart(periods), { error: '时段互相重叠', path: ['periods'] });

/** What everybody who works there does, for a stated reason. Without `periods` it is the whole day. */
export const closureSchema = z.strictObject({
  venue: id,
  /** Absent: all services. */
  service: id.optional(),
  day: z.iso.date(),
  period: openingPeriodSchema.optional(),
  /** For citizens: 系统升级. */
  reason: z.string().trim().min(1).max(100),
});

/** A day on which another rule holds than its weekday's. */
export const calendarDaySchema = z.strictObject({
  day: z.iso.date(),
  /** `holiday`: closed; `workday`: worked to make up for one. */
  kind: z.enum(['holiday', 'workday']),
  /** 国庆节 */
  name,
});

/** The holidays and make-up days of a year, as the State Council has announced them. */
export const calendarYearSchema = z
  .strictObject({
    year: z.int().min(2000).max(2999),
    days: z.array(calendarDaySchema).max(366),
  })
  .refine(({ year, days }) => days.every(({ day }) => day.startsWith(`${year}-`)), {
    error: '有日期不在这一年里',
    path: ['days'],
  })
  .refine(({ days }) => new Set(days.map(({ day }) => day)).size === days.length, {
    error: '有一天写了两次',
    path: ['days'],
  });

export type Service = z.output<typeof serviceSchema>;
export type Venue = z.output<typeof venueSchema>;
export type OpeningPeriod = z.output<typeof openingPeriodSchema>;
export type Schedule = z.output<typeof scheduleSchema>;
export type Closure = z.output<typeof closureSchema>;
export type CalendarDay = z.output<typeof calendarDaySchema>;
export type CalendarYear = z.output<typeof calendarYearSchema>;
export type PersonLimit = z.output<typeof personLimitSchema>;

function areApart(periods: readonly { from: string; to: string }[]): boolean {
  const sorted = periods.toSorted((a, b) => a.from.localeCompare(b.from));
  return sorted.every(({ from }, position) => position === 0 || (sorted[position - 1]?.to ?? '') <= from);
}
