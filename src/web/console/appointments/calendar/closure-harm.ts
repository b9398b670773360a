import type { DayListView } from '../../../../api-types/appointments.js';
import type { Closure } from '../../../../api-types/offer.js';
import { instantOf } from '../../../../api-types/business-day.js';

/**
 * How many places are taken in what a closure would close of that day's slots.
 * @param now milliseconds since the epoch, UTC.
 */
export function countTaken(
  slots: DayListView['slots'],
  { venue, service, day, period }: Omit<Closure, 'reason'>,
  now: number,
): number {
  const from = period ? instantOf(day, period.from).getTime() : -Infinity;
  const to = period ? instantOf(day, period.to).getTime() : Infinity;
  return slots
    .filter((slot) => slot.venue === venue && (service === undefined || slot.service === service))
    .filter((slot) => Date.parse(slot.startsAt) > now && slot.closed === null)
    .filter((slot) => Date.parse(slot.startsAt) < to && Date.parse(slot.endsAt) > from)
    .reduce((sum, { taken }) => sum + taken, 0);
}

/** `全天`, `14:30–17:30`. */
export function sayPeriod({ period }: Pick<Closure, 'period'>): string {
  return period ? `${period.from}–${period.to}` : '全天';
}

/** What a clerk reads before a closure is made. */
export function sayHarm(taken: number): string {
  return taken === 0
    ? '这段时间还没有人预约。停办后市民不能再约这段时间。'
    : `已经有 ${taken} 个名额被约走。停办后这些预约会取消，我们会逐个通知市民，并给出还能约的其他时间；取消停办也不能恢复。`;
}
