// CommonJS, whose names Node.js does not see.
import { default as chineseDays } from 'chinese-days';
import { addDays } from '../../../core/business-day.js';
import type { CalendarDay, CalendarYear } from '../offer.js';

/** What the package chinese-days knows of a year; null: nothing yet. */
export function readAnnouncedHolidays(year: number): CalendarYear | null {
  const days: CalendarDay[] = [];
  for (let day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1)) {
    const special = readDay(day);
    if (special) days.push(special);
  }
  return days.length === 0 ? null : { year, days };
}

function readDay(day: string): CalendarDay | null {
  const { work, name } = chineseDays.getDayDetail(day);
  // A day of the announcement is named `National Day,国庆节,3`, any other one by its weekday alone.
  const [, chinese] = name.split(',');
  return chinese === undefined ? null : { day, kind: work ? 'workday' : 'holiday', name: chinese };
}
