import { addDays, businessDay, instantOf, timeOfDay } from '../../core/business-day.js';

/** When routine notices keep silent, `HH:MM` in Asia/Shanghai; `from` after `to`: over midnight. */
export interface QuietHours {
  from: string;
  to: string;
}

/** When the silence ends in which this moment lies, UTC; null: it lies in none. */
export function quietUntil(hours: QuietHours | null, at: Date): Date | null {
  if (!hours || hours.from === hours.to) return null;
  const { from, to } = hours;
  const day = businessDay(at.getTime());
  const time = timeOfDay(at.getTime());
  if (from < to) return from <= time && time < to ? instantOf(day, to) : null;
  if (time >= from) return instantOf(addDays(day, 1), to);
  return time < to ? instantOf(day, to) : null;
}
