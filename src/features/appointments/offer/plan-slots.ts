import { addDays, instantOf } from '../../../core/business-day.js';
import type { Closure, OpeningPeriod, Schedule, Service } from '../offer.js';
import type { SlotPlan } from '../slot-store.js';
import { isWorkingDay, type WorkCalendar } from './work-calendar.js';

/** What the slots of a schedule follow from. */
export interface SlotRules {
  accountId: string;
  schedule: Schedule;
  service: Service;
  calendar: WorkCalendar;
  closures: readonly Closure[];
}

const minuteMs = 60_000;

/** The slots of a schedule from a day to a day, both included, in their order. A day that is not worked has none. */
export function planSlots(rules: SlotRules, firstDay: string, lastDay: string): SlotPlan[] {
  const plans: SlotPlan[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) plans.push(...planDay(rules, day));
  return plans;
}

/** Whether anything of a slot lies in what is closed. */
export function closes(
  closure: Closure,
  slot: Pick<SlotPlan, 'service' | 'venue' | 'day' | 'startsAt' | 'endsAt'>,
): boolean {
  const { venue, service, day, period } = closure;
  if (venue !== slot.venue || day !== slot.day) return false;
  if (service !== undefined && service !== slot.service) return false;
  return !period || (slot.startsAt < instantOf(day, period.to) && slot.endsAt > instantOf(day, period.from));
}

function planDay(rules: SlotRules, day: string): SlotPlan[] {
  const { schedule, calendar } = rules;
  if (!isWorkingDay(day, schedule.weekdays, calendar)) return [];
  const periods = schedule.periods.toSorted((a, b) => a.from.localeCompare(b.from));
  return periods.flatMap((period) => planPeriod(rules, day, period));
}

function planPeriod(
  { accountId, schedule, service, closures }: SlotRules,
  day: string,
  { from, to }: OpeningPeriod,
): SlotPlan[] {
  const end = instantOf(day, to).getTime();
  const lengthMs = schedule.slotMinutes * minuteMs;
  const bookableFrom = instantOf(addDays(day, -service.horizonDays), service.releasesAt);
  const plans: SlotPlan[] = [];
  for (let start = instantOf(day, from).getTime(); start + lengthMs <= end; start += lengthMs) {
    const slot = {
      service: schedule.service,
      venue: schedule.venue,
      day,
      startsAt: new Date(start),
      endsAt: new Date(start + lengthMs),
    };
    plans.push({
      accountId,
      ...slot,
      capacity: schedule.counters.length * schedule.perCounter,
      bookableFrom,
      bookableUntil: new Date(start - service.leadMinutes * minuteMs),
      closed: closures.find((closure) => closes(closure, slot))?.reason ?? null,
    });
  }
  return plans;
}
