import { businessDay } from '../../core/business-day.js';
import { clockTime, momentInWords, monthAndDate } from '../../core/in-words.js';
import { timeOf, type Activity, type ActivityGroup } from '../activities/activity.js';
import { refuseCheckIn } from './check-in-refusals.js';
import type { Ticket } from './ticket.js';

/**
 * Whether a ticket of this activity lets somebody in now.
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws UserError `ticket_revoked` · `already_in` · `other_day` · `too_early` · `too_late`
 */
export function checkTicket(ticket: Ticket, activity: Activity, now: number): void {
  if (ticket.revoked) throw refuseCheckIn('ticket_revoked', `这张票已作废：${ticket.revoked.because}`);
  if (ticket.arrival) {
    const { at, gate } = ticket.arrival;
    throw refuseCheckIn('already_in', `${sayWhen(at, now)} 已经在${gate}入场`, {
      at: at.toISOString(),
      gate,
    });
  }
  const { startsAt, opensAt, endsAt } = entryTimeOf(
    activity,
    findGroup(activity, ticket.groupId) ?? activity,
  );
  if (now < opensAt.getTime()) {
    if (!isSameDay(opensAt, now)) throw refuseCheckIn('other_day', `这张票是${momentInWords(startsAt)}的`);
    throw refuseCheckIn('too_early', `${clockTime(opensAt)} 开始入场，请稍等`);
  }
  if (now >= endsAt.getTime()) {
    if (!isSameDay(endsAt, now)) throw refuseCheckIn('other_day', `这张票是${momentInWords(startsAt)}的`);
    throw refuseCheckIn('too_late', `活动已在 ${clockTime(endsAt)} 结束`);
  }
}

export function findGroup(activity: Activity, groupId: string) {
  return activity.groups.find(({ id }) => id === groupId);
}

/** From when to when people of a group are let in, as the activity stands now. */
export function entryTimeOf(activity: Activity, group: Pick<ActivityGroup, 'startsAt' | 'endsAt'>) {
  const { startsAt, endsAt } = timeOf(activity, group);
  return { startsAt, opensAt: new Date(startsAt.getTime() - activity.checkInMinutes * 60_000), endsAt };
}

function isSameDay(at: Date, now: number): boolean {
  return businessDay(at.getTime()) === businessDay(now);
}

/** `9:30`, on another day `11月25日 9:30`. */
function sayWhen(at: Date, now: number): string {
  return isSameDay(at, now) ? clockTime(at) : `${monthAndDate(businessDay(at.getTime()))} ${clockTime(at)}`;
}
