import { maskIdNumber, maskPhone, maskWords } from '../../../src/core/mask-personal.js';
import type { Appointment, Person } from '../../../src/features/appointments/appointment.js';
import { refuse } from '../../../src/features/appointments/booking/refusals.js';
import type {
  AppointmentView,
  BookingDesk,
  Citizen,
  Consent,
} from '../../../src/features/appointments/booking-desk.js';
import type { Slot } from '../../../src/features/appointments/slot.js';

type Kept = Omit<AppointmentView, 'person' | 'isChangeable' | 'position'> &
  Pick<Appointment, 'openid' | 'slotId'> & { person?: Person };

const occupying: readonly Kept['state'][] = ['held', 'offered', 'booked', 'arrived'];
const ahead: readonly Kept['state'][] = ['held', 'offered', 'booked', 'waiting'];
const holdMs = 600_000;
const offerMs = 1_800_000;

/** Keeps to the rules that the chat meets, in memory and one command at a time. */
export class BookingDeskFake implements BookingDesk {
  readonly kept: Kept[] = [];
  /** An appointment can be changed until so long before it begins. */
  cancelUntilMs = 0;

  constructor(
    readonly slots: Slot[],
    readonly clock: { now: number },
  ) {}

  /** Places left. */
  freeIn({ slotId, capacity }: Slot): number {
    return capacity - this.kept.filter((one) => one.slotId === slotId && this.#occupies(one)).length;
  }

  async hold(citizen: Citizen, slotId: string): Promise<AppointmentView> {
    const mine = this.kept.find(
      (one) => one.openid === citizen.openid && one.state === 'held' && !this.#isLapsed(one),
    );
    if (mine?.slotId === slotId) return this.#show(mine);
    const slot = this.#take(slotId);
    const until = new Date(this.clock.now + holdMs);
    if (mine) return this.#show(Object.assign(mine, { ...placeOf(slot), until }));
    return this.#show(this.#add({ ...placeOf(slot), openid: citizen.openid, state: 'held', until }));
  }

  async book(citizen: Citizen, id: string, person: Person, consent: Consent): Promise<AppointmentView> {
    const mine = this.#own(citizen, id);
    if (mine.state === 'booked') return this.#show(mine);
    if (consent.notice === '') throw refuse('consent_missing');
    if (mine.state !== 'held' || this.#isLapsed(mine)) throw refuse('hold_lapsed');
    return this.#confirm(mine, person);
  }

  async cancel(citizen: Citizen, id: string): Promise<AppointmentView> {
    const mine = this.#own(citizen, id);
    if (!ahead.includes(mine.state)) return this.#show(mine);
    if (!this.#isChangeable(mine)) throw refuse('too_late_to_change');
    mine.state = mine.state === 'held' || mine.state === 'offered' ? 'lapsed' : 'cancelled';
    this.#offerNext(mine.slotId);
    return this.#show(mine);
  }

  async move(citizen: Citizen, id: string, slotId: string): Promise<AppointmentView> {
    const mine = this.#own(citizen, id);
    if (mine.slotId === slotId) return this.#show(mine);
    if (mine.state !== 'booked') throw refuse('not_changeable');
    if (!this.#isChangeable(mine)) throw refuse('too_late_to_change');
    const slot = this.#take(slotId);
    if (slot.service !== mine.service) throw refuse('no_such_slot');
    const { slotId: freed } = mine;
    Object.assign(mine, placeOf(slot));
    this.#offerNext(freed);
    return this.#show(mine);
  }

  async wait(
    { openid }: Citizen,
    wanted: { service: string; venue: string; day: string },
    person: Person,
  ): Promise<AppointmentView> {
    const standing = this.kept.find(
      (one) => isOfDay(one, wanted) && one.state === 'waiting' && one.person?.idNumber === person.idNumber,
    );
    if (standing) return this.#show(standing);
    if (this.slots.some((slot) => isOfDay(slot, wanted) && this.freeIn(slot) > 0))
      throw refuse('places_left');
    return this.#show(this.#add({ ...wanted, openid, state: 'waiting', person }));
  }

  async accept(citizen: Citizen, id: string): Promise<AppointmentView> {
    const mine = this.#own(citizen, id);
    if (mine.state === 'booked') return this.#show(mine);
    if (mine.state !== 'offered') throw refuse('not_changeable');
    if (this.#isLapsed(mine)) throw refuse('offer_lapsed');
    return this.#confirm(mine, mine.person!);
  }

  async listOf({ openid }: Citizen): Promise<AppointmentView[]> {
    const mine = this.kept.filter((one) => one.openid === openid).map((one) => this.#show(one));
    const isAhead = ({ state }: AppointmentView) => ahead.includes(state);
    const byTime = (a: AppointmentView, b: AppointmentView) =>
      (a.startsAt?.getTime() ?? Date.parse(a.day)) - (b.startsAt?.getTime() ?? Date.parse(b.day));
    return [...mine.filter(isAhead).sort(byTime), ...mine.filter((view) => !isAhead(view))];
  }

  async find(citizen: Citizen, id: string): Promise<AppointmentView> {
    return this.#show(this.#own(citizen, id));
  }

  #confirm(mine: Kept, person: Person): AppointmentView {
    const isBusy = this.kept.some(
      (one) =>
        one.state === 'booked' &&
        one.person?.idNumber === person.idNumber &&
        one.startsAt?.getTime() === mine.startsAt?.getTime(),
    );
    if (isBusy) throw refuse('person_busy');
    const { until: _, ...rest } = mine;
    delete mine.until;
    return this.#show(
      Object.assign(mine, { ...rest, state: 'booked', person, code: `CODE${mine.appointmentId}` }),
    );
  }

  /** A freed place goes to the first who waits for a place of the day. */
  #offerNext(slotId: string | undefined): void {
    const slot = this.slots.find((one) => one.slotId === slotId);
    const first = slot && this.kept.find((one) => one.state === 'waiting' && isOfDay(one, slot));
    if (!slot || !first) return;
    const until = new Date(this.clock.now + offerMs);
    Object.assign(first, { ...placeOf(slot), state: 'offered', until });
  }

  #take(slotId: string): Slot {
    const slot = this.#slot(slotId);
    if (slot.closed !== null) throw refuse('slot_closed');
    if (this.freeIn(slot) <= 0) throw refuse('slot_full');
    return slot;
  }

  #slot(slotId: string): Slot {
    const slot = this.slots.find((one) => one.slotId === slotId);
    if (!slot) throw refuse('no_such_slot');
    return slot;
  }

  #add(one: Omit<Kept, 'appointmentId'>): Kept {
    const kept: Kept = { ...one, appointmentId: `a${this.kept.length + 1}` };
    this.kept.push(kept);
    return kept;
  }

  #one(id: string): Kept {
    const found = this.kept.find(({ appointmentId }) => appointmentId === id);
    if (!found) throw refuse('no_such_appointment');
    return found;
  }

  #own({ openid }: Citizen, id: string): Kept {
    const found = this.#one(id);
    if (found.openid !== openid) throw refuse('no_such_appointment');
    return found;
  }

  #occupies(one: Kept): boolean {
    return occupying.includes(one.state) && !this.#isLapsed(one);
  }

  #isLapsed({ state, until }: Kept): boolean {
    return (
      (state === 'held' || state === 'offered') && until !== undefined && until.getTime() <= this.clock.now
    );
  }

  #isChangeable({ state, startsAt }: Kept): boolean {
    return (
      state !== 'booked' ||
      startsAt === undefined ||
      this.clock.now <= startsAt.getTime() - this.cancelUntilMs
    );
  }

  #show(one: Kept): AppointmentView {
    const { openid: _openid, slotId: _slotId, person, ...view } = one;
    const state = this.#isLapsed(one) ? 'lapsed' : one.state;
    const before = this.kept.slice(0, this.kept.indexOf(one));
    return {
      ...view,
      state,
      person: person
        ? {
            name: maskWords(person.name),
            idNumber: maskIdNumber(person.idNumber),
            phone: maskPhone(person.phone),
          }
        : null,
      isChangeable: ahead.includes(state) && this.#isChangeable(one),
      ...(state === 'waiting' && {
        position: before.filter((other) => other.state === 'waiting' && other.day === one.day).length,
      }),
    };
  }
}

function placeOf({ slotId, service, venue, day, startsAt, endsAt }: Slot) {
  return { slotId, service, venue, day, startsAt, endsAt };
}

function isOfDay(
  one: { service: string; venue: string; day: string },
  { service, venue, day }: { service: string; venue: string; day: string },
): boolean {
  return one.service === service && one.venue === venue && one.day === day;
}
