const shanghaiOffsetMs = 8 * 60 * 60 * 1_000;
const dayMs = 86_400_000;

/**
 * The day in Asia/Shanghai, `YYYY-MM-DD`, that an instant falls on. China keeps no summer time.
 *
 * @param at milliseconds since the epoch, UTC.
 */
export function businessDay(at: number): string {
  return new Date(at + shanghaiOffsetMs).toISOString().slice(0, 10);
}

/** The day `YYYY-MM-DD` of a date of the calendar; undefined where the calendar has no such day. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  if (year < 1000 || year > 9999) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
    ? at.toISOString().slice(0, 10)
    : undefined;
}

/** The day so many days later, or earlier; both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

/** The instant of a time of day `HH:MM` in Asia/Shanghai. */
export function instantOf(day: string, timeOfDay: string): Date {
  return new Date(Date.parse(`${day}T${timeOfDay}:00Z`) - shanghaiOffsetMs);
}

/**
 * The time of day in Asia/Shanghai, `HH:MM`.
 *
 * @param at milliseconds since the epoch, UTC.
 */
export function timeOfDay(at: number): string {
  return new Date(at + shanghaiOffsetMs).toISOString().slice(11, 16);
}
