import { addDays, businessDay, instantOf } from '../../core/business-day.js';

/**
 * When the platform's daily counters start anew: with the day in Asia/Shanghai.
 *
 * @param now milliseconds since the epoch, UTC.
 */
export function nextPlatformDay(now: number): Date {
  return instantOf(addDays(businessDay(now), 1), '00:00');
}
