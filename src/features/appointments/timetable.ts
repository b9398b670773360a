import { addDays, businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import type { AppointmentStore } from './appointment-store.js';
import { slotStateAt } from './booking/places.js';
import type { Service, Venue } from './offer.js';
import type { StoredOffer } from './offer/stored-offer.js';
import { isWorkingDay, type WorkCalendar } from './offer/work-calendar.js';
import type { DayView, Slot, SlotView } from './slot.js';
import type { SlotStore } from './slot-store.js';
import type { TimetableReader } from './timetable-reader.js';

export interface TimetableParts {
  offer: Pick<StoredOffer, 'services' | 'findService' | 'venues' | 'schedules' | 'schedulesOf' | 'calendar'>;
  slots: Pick<SlotStore, 'list'>;
  appointments: Pick<AppointmentStore, 'countLapsed'>;
  clock: Clock;
}

/** What citizens can book, where and when, as it is at the moment of asking. Nothing here keeps a place. */
export class Timetable implements TimetableReader {
  readonly #parts: TimetableParts;

  constructor(parts: TimetableParts) {
    this.#parts = parts;
  }

  /** Those that are not paused and that some hall gives, in the order of the staff. */
  async services(accountId: string): Promise<Service[]> {
    const { offer } = this.#parts;
    const [all, schedules] = await Promise.all([offer.services(accountId), offer.schedules(accountId)]);
    const given = new Set(schedules.map(({ service }) => service));
    return all.filter(({ id, isPaused }) => !isPaused && given.has(id));
  }

  /** The halls that give a service, in the order of the staff; none for a service that is paused or unknown. */
  async venuesOf(accountId: string, service: string): Promise<Venue[]> {
    const { offer } = this.#parts;
    const found = await offer.findService(accountId, service);
    if (!found || found.isPaused) return [];
    const schedules = await offer.schedulesOf(accountId, service);
    const venues = await offer.venues(accountId);
    return venues.filter(({ id }) => schedules.some(({ venue }) => venue === id));
  }

  /** Today and every day that can be booked ahead; none where the hall does not give the service. */
  async days(accountId: string, service: string, venue: string): Promise<DayView[]> {
    const { offer, clock } = this.#parts;
    const found = await offer.findService(accountId, service);
    const schedule = (await offer.schedulesOf(accountId, service)).find((one) => one.venue === venue);
    if (!found || found.isPaused || !schedule) return [];
    const firstDay = businessDay(clock.now());
    const lastDay = addDays(firstDay, found.horizonDays);
    const calendar = await offer.calendar(accountId);
    const views = await this.#view(accountId, { service, venue, firstDay, lastDay });
    const days: DayView[] = [];
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
      const ofDay = views.filter(({ slot }) => slot.day === day);
      days.push(ofDay.length > 0 ? sumUp(day, ofDay) : emptyDay(day, schedule.weekdays, calendar));
    }
    return days;
  }

  /** By their beginning. */
  async slots(accountId: string, service: string, venue: string, day: string): Promise<SlotView[]> {
    const found = await this.#parts.offer.findService(accountId, service);
    if (!found || found.isPaused) return [];
    const views = await this.#view(accountId, { service, venue, firstDay: day, lastDay: day });
    return views.map(({ view }) => view);
  }

  async #view(
    accountId: string,
    range: { service: string; venue: string; firstDay: string; lastDay: string },
  ): Promise<SeenSlot[]> {
    const { slots, appointments, clock } = this.#parts;
    const now = clock.now();
    const found = await slots.list({ accountId, ...range });
    // Only what looks full can have a place that nobody has given back.
    const ids = found.filter(({ taken }) => taken > 0).map(({ slotId }) => slotId);
    const free =
      ids.length === 0 ? new Map<string, number>() : await appointments.countLapsed(accountId, ids, now);
    return found.map((slot) => ({ slot, view: viewSlot(slot, free.get(slot.slotId) ?? 0, now) }));
  }
}

interface SeenSlot {
  slot: Slot;
  view: SlotView;
}

function viewSlot(slot: Slot, lapsed: number, now: number): SlotView {
  const { slotId, service, venue, day, startsAt, endsAt } = slot;
  const state = slotStateAt(slot, now, lapsed);
  const free = state === 'free' ? slot.capacity - slot.taken + lapsed : 0;
  return { slotId, service, venue, day, startsAt, endsAt, state, free };
}

/** What can be had goes first; of a day that is closed altogether, why. */
function sumUp(day: string, slots: readonly SeenSlot[]): DayView {
  const state =
    (['free', 'full', 'not_yet', 'closed'] as const).find((one) =>
      slots.some(({ view }) => view.state === one),
    ) ?? 'over';
  const reason = slots.find(({ slot }) => slot.closed !== null)?.slot.closed;
  return {
    day,
    state,
    free: slots.reduce((sum, { view }) => sum + view.free, 0),
    ...(state === 'closed' && typeof reason === 'string' && { reason }),
  };
}

function emptyDay(day: string, weekdays: readonly number[], calendar: WorkCalendar): DayView {
  const special = calendar.get(day);
  const isFree = special && !isWorkingDay(day, weekdays, calendar);
  return { day, state: 'closed', free: 0, ...(isFree && { reason: special.name }) };
}
