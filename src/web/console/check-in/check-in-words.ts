import { businessDay, timeOfDay } from '../../../api-types/business-day.js';
import type { DisputeReason } from '../../../api-types/tickets.js';

/** `09:30`, in Asia/Shanghai. @param at ISO 8601 */
export function formatTime(at: string): string {
  return timeOfDay(Date.parse(at));
}

/** `11月28日 09:00–11:00`, in Asia/Shanghai; over several days with both of them. */
export function formatPeriod(from: string, to: string): string {
  const isOneDay = businessDay(Date.parse(from)) === businessDay(Date.parse(to));
  return `${formatDay(from)} ${formatTime(from)}–${isOneDay ? '' : `${formatDay(to)} `}${formatTime(to)}`;
}

function formatDay(at: string): string {
  const [, month, date] = businessDay(Date.parse(at)).split('-').map(Number);
  return `${month}月${date}日`;
}

export const disputeWords: Readonly<Record<DisputeReason, string>> = {
  bad_ticket: '没有这张票',
  other_activity: '是另一场活动的票',
  ticket_revoked: '票在断网期间或之前已作废',
  already_in: '这张票已在别处入场',
};
