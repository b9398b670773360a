import { addDays, businessDay, instantOf } from '../../../core/business-day.js';

/**
 * How long a registration stays on record, in days after the activity: so that a citizen can ask about it and an
 * administrative review (60 days, 行政复议法 §20) finds it. The privacy notice names it.
 */
export const registrationRetentionDays = 180;

/** When a registration for something that ends then is deleted. */
export function registrationExpiry(endsAt: Date): Date {
  return instantOf(addDays(businessDay(endsAt.getTime()), registrationRetentionDays + 1), '00:00');
}
