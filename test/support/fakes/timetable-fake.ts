import type { Service, Venue } from '../../../src/features/appointments/offer.js';
import type { DayView, Slot, SlotState, SlotView } from '../../../src/features/appointments/slot.js';
import type { TimetableReader } from '../../../src/features/appointments/timetable-reader.js';
import type { BookingDeskFake } from './booking-desk-fake.js';

/** What a desk's slots look like to citizens, and what services and halls are called. */
export class TimetableFake implements TimetableReader {
  constructor(
    readonly desk: BookingDeskFake,
    readonly all: { services: Service[]; venues: Venue[] },
  ) {}

  async services(): Promise<Service[]> {
    return this.all.services.filter(({ isPaused }) => !isPaused);
  }

  async venuesOf(_accountId: string, service: string): Promise<Venue[]> {
    const given = new Set(
      this.desk.slots.filter((slot) => slot.service === service).map(({ venue }) => venue),
    );
    return this.all.venues.filter(({ id }) => given.has(id));
  }

  async days(_accountId: string, service: string, venue: string): Promise<DayView[]> {
    const slots = this.desk.slots.filter((slot) => slot.service === service && slot.venue === venue);
    return [...new Set(slots.map(({ day }) => day))].sort().map((day) => {
      const ofDay = slots.filter((slot) => slot.day === day).map((slot) => this.#view(slot));
      const order: readonly SlotState[] = ['free', 'full', 'not_yet', 'closed'];
      const state = order.find((one) => ofDay.some((view) => view.state === one)) ?? 'over';
      return { day, state, free: ofDay.reduce((sum, { free }) => sum + free, 0) };
    });
  }

  async slots(_accountId: string, service: string, venue: string, day: string): Promise<SlotView[]> {
    return this.desk.slots
      .filter((slot) => slot.service === service && slot.venue === venue && slot.day === day)
      .map((slot) => this.#view(slot));
  }

  async findService(_accountId: string, id: string): Promise<Service | null> {
    return this.all.services.find((service) => service.id === id) ?? null;
  }

  async findVenue(_accountId: string, id: string): Promise<Venue | null> {
    return this.all.venues.find((venue) => venue.id === id) ?? null;
  }

  #view(slot: Slot): SlotView {
    const { slotId, service, venue, day, startsAt, endsAt } = slot;
    const free = Math.max(0, this.desk.freeIn(slot));
    const state = this.#stateOf(slot, free);
    return { slotId, service, venue, day, startsAt, endsAt, state, free: state === 'free' ? free : 0 };
  }

  #stateOf({ startsAt, closed }: Slot, free: number): SlotState {
    if (startsAt.getTime() <= this.desk.clock.now) return 'over';
    if (closed !== null) return 'closed';
    return free > 0 ? 'free' : 'full';
  }
}
