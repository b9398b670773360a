import type { Appointment } from '../appointment.js';
import type { Venue } from '../offer.js';
import type { SlotView } from '../slot.js';
import type { TimetableReader } from '../timetable-reader.js';

/** As many as one looks through in a message. */
const timesShown = 5;
/** Of one day, so that several days are named. */
const timesOfADay = 2;

/** The next free times for the service of an appointment: at its own hall first, then at the others. */
export async function listFreeTimes(
  timetable: TimetableReader,
  { accountId, service, venue }: Pick<Appointment, 'accountId' | 'service' | 'venue'>,
): Promise<{ venue: Venue; slot: SlotView }[]> {
  const venues = await timetable.venuesOf(accountId, service);
  const nearestFirst = venues.toSorted((a, b) => Number(b.id === venue) - Number(a.id === venue));
  const found: { venue: Venue; slot: SlotView }[] = [];
  for (const hall of nearestFirst) {
    const days = await timetable.days(accountId, service, hall.id);
    for (const { day } of days.filter(({ state }) => state === 'free')) {
      const slots = await timetable.slots(accountId, service, hall.id, day);
      const free = slots.filter(({ state }) => state === 'free').slice(0, timesOfADay);
      found.push(...free.map((slot) => ({ venue: hall, slot })));
      if (found.length >= timesShown) return found.slice(0, timesShown);
    }
  }
  return found;
}
