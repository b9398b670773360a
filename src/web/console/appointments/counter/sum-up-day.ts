import type { AppointmentEntryView, DayListView } from '../../../../api-types/appointments.js';

type SlotView = DayListView['slots'][number];

/** Those who have a place; the others have left it or never had one. */
const standing: ReadonlySet<AppointmentEntryView['state']> = new Set([
  'held',
  'offered',
  'booked',
  'arrived',
  'missed',
]);

/** What of a day the counter wants to see. */
export interface DaySelection {
  /** Only slots in which somebody stands. */
  onlyTaken: boolean;
  /** Also who has cancelled, or let a hold lapse. */
  withEnded: boolean;
}

export function selectSlots(slots: readonly SlotView[], { onlyTaken, withEnded }: DaySelection): SlotView[] {
  return slots
    .map((slot) => ({
      ...slot,
      appointments: slot.appointments.filter(({ state }) => withEnded || standing.has(state)),
    }))
    .filter(({ appointments }) => !onlyTaken || appointments.length > 0);
}

export interface DaySum {
  /** Whoever has booked, arrived or not. */
  booked: number;
  arrived: number;
  missed: number;
  waiting: number;
  /** Places in slots that are open. */
  places: number;
}

export function sumUpDay({ slots, waiting }: DayListView): DaySum {
  const states = slots.flatMap(({ appointments }) => appointments.map(({ state }) => state));
  const count = (wanted: AppointmentEntryView['state']) => states.filter((state) => state === wanted).length;
  const [arrived, missed] = [count('arrived'), count('missed')];
  return {
    booked: count('booked') + arrived + missed,
    arrived,
    missed,
    waiting: waiting.length,
    places: slots.reduce((sum, { closed, capacity }) => sum + (closed === null ? capacity : 0), 0),
  };
}
