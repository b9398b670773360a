import { addDays, businessDay, instantOf } from '../../core/business-day.js';

/**
 * The day before at this time of day in Asia/Shanghai: people are up, and there is time to cancel or to find papers.
 */
const remindedAt = '10:00';

/** What is to be reminded of: everything that begins tomorrow, from `from` on and before `to`; UTC. */
export interface DayReminder {
  from: Date;
  to: Date;
  /** When the reminder fell due: whoever agreed to it afterwards knows it already. */
  dueAt: Date;
}

/** Null: it is too early in the day. @param now milliseconds since the epoch, UTC. */
export function dayReminder(now: number): DayReminder | null {
  const dueAt = instantOf(businessDay(now), remindedAt);
  if (now < dueAt.getTime()) return null;
  const tomorrow = addDays(businessDay(now), 1);
  return { from: instantOf(tomorrow, '00:00'), to: instantOf(addDays(tomorrow, 1), '00:00'), dueAt };
}
