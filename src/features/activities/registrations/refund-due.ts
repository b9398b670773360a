import type { Order } from '../../orders/order.js';
import type { RefundRule } from '../activity.js';

const hourMs = 3_600_000;

/**
 * How much of the fee comes back to whoever cancels at `now`, in percent: by the first rule whose time has not passed.
 *
 * @param movedAt when time or place changed last: whoever agreed before that gets everything.
 * @param now milliseconds since the epoch, UTC.
 */
export function refundPercent(
  terms: { refundRules: readonly RefundRule[]; startsAt: Date; movedAt?: Date; agreedAt: Date },
  now: number,
): number {
  const { refundRules, startsAt, movedAt, agreedAt } = terms;
  if (movedAt && movedAt > agreedAt) return 100;
  const left = startsAt.getTime() - now;
  const longestFirst = refundRules.toSorted((a, b) => b.hoursBefore - a.hoursBefore);
  return longestFirst.find(({ hoursBefore }) => left >= hoursBefore * hourMs)?.percent ?? 0;
}

/** In fen, rounded; what was paid back or promised already is taken off. */
export function refundDue(
  { state, receivedFen, promisedFen }: Pick<Order, 'state' | 'receivedFen' | 'promisedFen'>,
  percent: number,
): number {
  if (state !== 'paid') return 0;
  return Math.max(Math.round((receivedFen * percent) / 100) - promisedFen, 0);
}
