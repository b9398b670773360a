import type { CalendarDay, Closure } from '../../../../api-types/offer.js';
import { addDays, weekdayOf } from '../../../../api-types/business-day.js';

export interface DayCell {
  /** `YYYY-MM-DD` */
  day: string;
  /** Of the month. */
  number: number;
  /** What the calendar says of it, whatever its weekday. */
  special: CalendarDay | undefined;
  isWeekend: boolean;
  /** What is closed on it, in part or altogether. */
  closures: readonly Closure[];
}

export interface MonthGrid {
  /** 1 to 12. */
  month: number;
  /** Empty places before the first, in weeks that begin with Monday. */
  blanks: number;
  days: readonly DayCell[];
}

/** The twelve months of a year with all that is special in them. */
export function layOutYear(
  year: number,
  specials: readonly CalendarDay[],
  closures: readonly Closure[],
): MonthGrid[] {
  const specialOf = new Map(specials.map((special) => [special.day, special]));
  return Array.from({ length: 12 }, (_, index) => {
    const days = daysOfMonth(year, index + 1).map((day, position) => ({
      day,
      number: position + 1,
      special: specialOf.get(day),
      isWeekend: weekdayOf(day) > 5,
      closures: closures.filter((closure) => closure.day === day),
    }));
    return { month: index + 1, blanks: weekdayOf(days[0]?.day ?? '') - 1, days };
  });
}

/** The special days of a year with one of them set, or none any more; in their order. */
export function putSpecial(
  specials: readonly CalendarDay[],
  day: string,
  special: Omit<CalendarDay, 'day'> | null,
): CalendarDay[] {
  const others = specials.filter((one) => one.day !== day);
  return (special ? [...others, { day, ...special }] : others).toSorted((a, b) => a.day.localeCompare(b.day));
}

/** `国庆节放假`, `国庆节补班`, `周末`, `工作日`. */
export function sayKind({ special, isWeekend }: Pick<DayCell, 'special' | 'isWeekend'>): string {
  if (special) return `${special.name}${special.kind === 'holiday' ? '放假' : '补班'}`;
  return isWeekend ? '周末' : '工作日';
}

function daysOfMonth(year: number, month: number): string[] {
  const prefix = `${year}-${String(month).padStart(2, '0')}-`;
  const days: string[] = [];
  for (let day = `${prefix}01`; day.startsWith(prefix); day = addDays(day, 1)) days.push(day);
  return days;
}
