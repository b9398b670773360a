import type { Actor } from '../../../core/actor.js';
import type { Appointment, Person } from '../appointment.js';
import type { PlaceDifference } from '../appointment-store.js';
import type { AppointmentView, BookingDesk, Citizen, Consent, CounterDesk } from '../booking-desk.js';
import { AppointmentViews } from './appointment-views.js';
import { Booking } from './booking.js';
import type { BookingParts } from './booking-parts.js';
import { Confirming } from './confirming.js';
import { Counter, type CounterOrder } from './counter.js';
import { Moving } from './moving.js';
import { Objections, type ObjectionView } from './objections.js';
import { PersonRules } from './person-rules.js';
import { Places } from './places.js';
import { Upkeep, type Reclaimed } from './upkeep.js';
import { Visits } from './visits.js';
import { WaitingList } from './waiting-list.js';

/**
 * The last place is never given twice: a place and the record of who stands in it change in one transaction of
 * conditional writes under unique indexes. What is read before only says why something is refused.
 */
export class AppointmentDesk implements BookingDesk, CounterDesk {
  readonly #parts: BookingParts;
  readonly #views: AppointmentViews;
  readonly #visits: Visits;
  readonly #booking: Booking;
  readonly #moving: Moving;
  readonly #waitingList: WaitingList;
  readonly #counter: Counter;
  readonly #objections: Objections;
  readonly #upkeep: Upkeep;

  constructor(parts: BookingParts) {
    const views = new AppointmentViews(parts);
    const places = new Places(parts);
    const visits = new Visits(parts);
    const rules = new PersonRules(parts, visits);
    const confirming = new Confirming(parts, rules);
    const helpers = { views, places, visits, rules, confirming };
    this.#parts = parts;
    this.#views = views;
    this.#visits = visits;
    this.#booking = new Booking(parts, helpers);
    this.#moving = new Moving(parts, helpers);
    this.#waitingList = new WaitingList(parts, helpers);
    this.#counter = new Counter(parts, helpers);
    this.#objections = new Objections(parts, views);
    this.#upkeep = new Upkeep(parts, helpers);
  }

  hold(citizen: Citizen, slotId: string): Promise<AppointmentView> {
    return this.#booking.hold(citizen, slotId);
  }

  book(citizen: Citizen, appointmentId: string, person: Person, consent: Consent): Promise<AppointmentView> {
    return this.#booking.book(citizen, appointmentId, person, consent);
  }

  cancel(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    return this.#booking.cancel(citizen, appointmentId);
  }

  move(citizen: Citizen, appointmentId: string, slotId: string): Promise<AppointmentView> {
    return this.#moving.move(citizen, appointmentId, slotId);
  }

  wait(
    citizen: Citizen,
    wanted: { service: string; venue: string; day: string },
    person: Person,
    consent: Consent,
  ): Promise<AppointmentView> {
    return this.#waitingList.wait(citizen, wanted, person, consent);
  }

  accept(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    return this.#waitingList.accept(citizen, appointmentId);
  }

  listOf(citizen: Citizen): Promise<AppointmentView[]> {
    return this.#views.listOf(citizen);
  }

  find(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    return this.#views.find(citizen, appointmentId);
  }

  /**
   * Says something against a visit that is marked as missed; once.
   * @throws UserError `bad_objection` · `no_such_appointment` · `not_changeable`: it was not missed.
   */
  objectToMiss(citizen: Citizen, appointmentId: string, text: string): Promise<AppointmentView> {
    return this.#objections.object(citizen, appointmentId, text);
  }

  checkIn(accountId: string, code: string, actor: Actor): Promise<AppointmentView> {
    return this.#counter.checkIn(accountId, code, actor);
  }

  bookBeyondRules(
    order: { accountId: string; slotId: string; person: Person; reason: string },
    actor: Actor,
  ): Promise<AppointmentView> {
    return this.#counter.bookBeyondRules(order, actor);
  }

  cancelForCitizen(order: CounterOrder, actor: Actor): Promise<AppointmentView> {
    return this.#counter.cancelForCitizen(order, actor);
  }

  /**
   * The person in full, once it is on record who looked and why; null where the key is lost.
   * @throws UserError `reason_missing` · `no_such_appointment`
   */
  disclose(order: CounterOrder, actor: Actor): Promise<Person | null> {
    return this.#counter.disclose(order, actor);
  }

  /** Objections that nobody has decided, the oldest first. */
  listObjections(accountId: string, limit: number): Promise<ObjectionView[]> {
    return this.#objections.list(accountId, limit);
  }

  /**
   * Grants an objection, and the missed visit is not held against the person; or not.
   * @throws UserError `reason_missing` · `no_such_objection` · `already_decided`
   */
  decideObjection(
    order: { accountId: string; appointmentId: string; isGranted: boolean; reason: string },
    actor: Actor,
  ): Promise<AppointmentView> {
    return this.#objections.decide(order, actor);
  }

  /**
   * Marks what is booked on days before that of `now` (milliseconds since the epoch, UTC) and to which nobody came;
   * of all accounts. @returns how many it dealt with.
   */
  markMissed(now: number): Promise<number> {
    return this.#visits.markMissed(now);
  }

  /**
   * Ends holds, offers and waits whose time is over at `now` (milliseconds since the epoch, UTC), of all accounts,
   * and offers what is free to those who wait.
   */
  reclaim(now: number): Promise<Reclaimed> {
    return this.#upkeep.reclaim(now);
  }

  /** Who stands in a closed slot that is not over, or waits for a day that is closed altogether. */
  listToDisplace(accountId: string, limit: number): Promise<Appointment[]> {
    return this.#upkeep.listToDisplace(accountId, limit);
  }

  /**
   * Ends an appointment whose slot is closed, gives its place back and owes its citizen a message.
   *
   * @param because for the citizen.
   * @returns false: it does not stand in a closed slot (any more), and nothing has changed.
   */
  displace(accountId: string, appointmentId: string, because: string): Promise<boolean> {
    return this.#upkeep.displace(accountId, appointmentId, because);
  }

  /** Slots whose count is not the number of those who stand in them. There are none, unless the program has a fault. */
  reconcile(accountId?: string): Promise<PlaceDifference[]> {
    return this.#parts.appointments.reconcile(accountId);
  }
}
