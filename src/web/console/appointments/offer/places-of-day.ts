import type { OpeningPeriod, Schedule } from '../../../../api-types/offer.js';

type Places = Pick<Schedule, 'periods' | 'slotMinutes' | 'counters' | 'perCounter'>;

/** How many places a worked day has: `每个时段 30 分钟，3 个窗口，每天共 84 个号`. */
export function sayPlacesOfDay({ periods, slotMinutes, counters, perCounter }: Places): string {
  const slots = periods.reduce((sum, period) => sum + countSlots(period, slotMinutes), 0);
  return (
    `每个时段 ${slotMinutes} 分钟，${counters.length} 个窗口，` +
    `每天共 ${slots * counters.length * perCounter} 个号`
  );
}

/** What of the opening hours is too short for a slot, a sentence each. */
export function sayRests({ periods, slotMinutes }: Pick<Places, 'periods' | 'slotMinutes'>): string[] {
  return periods.flatMap((period) => {
    const rest = lengthOf(period) - countSlots(period, slotMinutes) * slotMinutes;
    return rest === 0 ? [] : [`${period.from}–${period.to} 的最后 ${rest} 分钟不够一个时段，不放号`];
  });
}

function countSlots(period: OpeningPeriod, slotMinutes: number): number {
  return slotMinutes < 1 ? 0 : Math.floor(lengthOf(period) / slotMinutes);
}

/** In minutes; 0 while the end is before the beginning. */
function lengthOf({ from, to }: OpeningPeriod): number {
  return Math.max(0, minuteOf(to) - minuteOf(from));
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
