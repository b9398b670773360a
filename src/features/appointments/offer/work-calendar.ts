import { businessDay, weekdayOf } from '../../../core/business-day.js';
import type { CalendarDay, CalendarYear } from '../offer.js';

/** The days on which another rule holds than their weekday's. */
export type WorkCalendar = ReadonlyMap<string, CalendarDay>;

/** The next year's holidays are announced in October or November. */
const announcedFrom = '10-01';

export function toWorkCalendar(years: readonly Pick<CalendarYear, 'days'>[]): WorkCalendar {
  return new Map(years.flatMap(({ days }) => days.map((day) => [day.day, day])));
}

/**
 * Whether somebody who works on these weekdays works that day. A holiday is free and a make-up day is worked, whatever
 * the weekday.
 *
 * @param weekdays 1 for Monday to 7 for Sunday.
 */
export function isWorkingDay(day: string, weekdays: readonly number[], calendar: WorkCalendar): boolean {
  const special = calendar.get(day);
  return special ? special.kind === 'workday' : weekdays.includes(weekdayOf(day));
}

/**
 * The years that should be known by now and are not: this one and, from 1 October on, the next.
 *
 * @param now milliseconds since the epoch, UTC.
 */
export function findMissingYears(covered: readonly number[], now: number): number[] {
  const today = businessDay(now);
  const year = Number(today.slice(0, 4));
  const due = today.slice(5) >= announcedFrom ? [year, year + 1] : [year];
  return due.filter((one) => !covered.includes(one));
}
