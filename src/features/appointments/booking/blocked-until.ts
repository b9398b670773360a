import { addDays, businessDay } from '../../../core/business-day.js';
import type { Service } from '../offer.js';
import { startOfDay } from './retention.js';

const dayMs = 86_400_000;

/** The earliest instant from which a missed visit can matter at `now`. */
export function missesMatterSince(rule: Service['noShow'], now: number): Date {
  return new Date(now - (rule.withinDays + rule.blockDays) * dayMs);
}

/**
 * Until when somebody is barred who did not come at these times: `count` of them within `withinDays` bar from the
 * day of the last of them on for `blockDays`, until a midnight in Asia/Shanghai. Null: not at all.
 *
 * @param missed the latest first.
 */
export function blockedUntil(
  missed: readonly Date[],
  { count, withinDays, blockDays }: Service['noShow'],
  now: number,
): Date | null {
  for (const [position, last] of missed.entries()) {
    const first = missed[position + count - 1];
    if (first === undefined) return null;
    if (last.getTime() - first.getTime() > withinDays * dayMs) continue;
    const until = startOfDay(addDays(businessDay(last.getTime()), blockDays));
    return until.getTime() > now ? until : null;
  }
  return null;
}
