import type { AppointmentState } from '../appointment.js';
import type { AppointmentStore, StateCount } from '../appointment-store.js';
import type { Slot } from '../slot.js';
import type { SlotStore } from '../slot-store.js';

/** How a service went at a venue on a day. */
export interface Figure {
  day: string;
  service: string;
  venue: string;
  /** Places in slots that are open. */
  places: number;
  /** Whoever booked and neither cancelled nor was moved out. */
  booked: number;
  arrived: number;
  missed: number;
  cancelled: number;
  /** Booked places of all, in per cent to one decimal; null: there were none. Above 100 where staff let more in. */
  utilisation: number | null;
  /** Missed visits of those that came to a decision, in per cent to one decimal; null: none did. */
  noShow: number | null;
}

export interface FiguresParts {
  slots: Pick<SlotStore, 'list'>;
  appointments: Pick<AppointmentStore, 'countByState'>;
}

/** The figures from a day to a day, both included, by day, then by service and venue. */
export async function readFigures(
  { slots, appointments }: FiguresParts,
  accountId: string,
  firstDay: string,
  lastDay: string,
): Promise<Figure[]> {
  const [planned, counts] = await Promise.all([
    slots.list({ accountId, firstDay, lastDay }),
    appointments.countByState(accountId, firstDay, lastDay),
  ]);
  return sumUpFigures(planned, counts);
}

export function sumUpFigures(slots: readonly Slot[], counts: readonly StateCount[]): Figure[] {
  const places = new Map<string, number>();
  const states = new Map<string, Map<AppointmentState, number>>();
  const keys = new Map<string, Pick<Figure, 'day' | 'service' | 'venue'>>();
  const note = ({ day, service, venue }: Pick<Figure, 'day' | 'service' | 'venue'>) => {
    const key = [day, service, venue].join(' ');
    keys.set(key, { day, service, venue });
    return key;
  };
  for (const slot of slots) {
    const key = note(slot);
    places.set(key, (places.get(key) ?? 0) + (slot.closed === null ? slot.capacity : 0));
  }
  for (const count of counts) {
    const key = note(count);
    const ofKey = states.get(key) ?? new Map<AppointmentState, number>();
    states.set(key, ofKey.set(count.state, (ofKey.get(count.state) ?? 0) + count.count));
  }
  return [...keys]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, of]) => ({ ...of, ...toFigure(places.get(key) ?? 0, states.get(key) ?? new Map()) }));
}

function toFigure(places: number, states: ReadonlyMap<AppointmentState, number>) {
  const of = (state: AppointmentState) => states.get(state) ?? 0;
  const arrived = of('arrived');
  const missed = of('missed');
  const booked = of('booked') + arrived + missed;
  return {
    places,
    booked,
    arrived,
    missed,
    cancelled: of('cancelled'),
    utilisation: perCent(booked, places),
    noShow: perCent(missed, arrived + missed),
  };
}

function perCent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
}
