import type { Transaction } from '../../../core/transaction-runner.js';
import { readPerson } from '../../persons/person.js';
import type { Appointment, Person } from '../appointment.js';
import type { WaitingDay } from '../appointment-store.js';
import type { AppointmentView, Citizen, Consent } from '../booking-desk.js';
import type { Service } from '../offer.js';
import type { Slot } from '../slot.js';
import type { AppointmentViews } from './appointment-views.js';
import { refuseWithoutConsent } from './booking.js';
import type { BookingParts } from './booking-parts.js';
import { findOpenService, type Confirming } from './confirming.js';
import { Persons, type PersonRecord } from './persons.js';
import type { PersonRules } from './person-rules.js';
import { slotStateAt, type Places } from './places.js';
import { refuse } from './refusals.js';
import { visitExpiry } from './retention.js';
import { isLapsed, placeOf } from './transitions.js';

/** Waits for a place of a full day, and takes what is offered. */
export class WaitingList {
  readonly #parts: BookingParts;
  readonly #places: Places;
  readonly #views: AppointmentViews;
  readonly #rules: PersonRules;
  readonly #confirming: Confirming;
  readonly #persons: Persons;

  constructor(
    parts: BookingParts,
    helpers: { places: Places; views: AppointmentViews; rules: PersonRules; confirming: Confirming },
  ) {
    this.#parts = parts;
    this.#places = helpers.places;
    this.#views = helpers.views;
    this.#rules = helpers.rules;
    this.#confirming = helpers.confirming;
    this.#persons = new Persons(parts.cipher);
  }

  async wait(
    citizen: Citizen,
    { service: serviceId, venue, day }: { service: string; venue: string; day: string },
    person: Person,
    consent: Consent,
  ): Promise<AppointmentView> {
    const { transactions, clock } = this.#parts;
    refuseWithoutConsent(consent);
    const record = {
      ...this.#persons.seal(citizen, readPerson(person, clock.now())),
      consent: { notice: consent.notice, at: consent.at },
    };
    const service = await findOpenService(this.#parts, citizen.accountId, serviceId);
    const wanted = { accountId: citizen.accountId, service: serviceId, venue, day };
    const standing = await this.#findStanding(citizen, wanted, record);
    if (standing) return this.#views.show(standing);
    const until = await this.#refuseUnlessFull(wanted);
    const wait = await transactions.run((tx) =>
      this.#waitWithin(tx, { citizen, wanted, record, service, until }),
    );
    return this.#views.show(wait);
  }

  /** The wait or the offer that the person has already: a repeat changes nothing. */
  async #findStanding(
    { openid }: Citizen,
    wanted: WaitingDay,
    { personKey }: PersonRecord,
    tx?: Transaction,
  ): Promise<Appointment | null> {
    const found = await this.#parts.appointments.findWait(wanted, personKey, tx);
    if (found === null || isLapsed(found, this.#parts.clock.now())) return null;
    if (found.openid !== openid) throw refuse('person_limit', '您已经用另一个微信号候补了这一天');
    return found;
  }

  async #waitWithin(
    tx: Transaction,
    order: { citizen: Citizen; wanted: WaitingDay; record: PersonRecord; service: Service; until: Date },
  ): Promise<Appointment> {
    const { appointments, clock, draws } = this.#parts;
    const { citizen, wanted, record, service, until } = order;
    const standing = await this.#findStanding(citizen, wanted, record, tx);
    if (standing) return standing;
    const now = clock.now();
    const over = await appointments.findWait(wanted, record.personKey, tx);
    if (over?.state === 'offered') await this.#places.lapse(tx, over, now);
    await this.#rules.refuseBlocked(tx, { ...citizen, personKey: record.personKey, service }, now);
    const createdAt = new Date(now);
    const wait: Appointment = {
      ...wanted,
      ...record,
      openid: citizen.openid,
      appointmentId: draws.appointmentId(),
      state: 'waiting',
      until,
      movedFrom: [],
      createdAt,
      changedAt: createdAt,
      expiresAt: visitExpiry(wanted.day),
    };
    await appointments.add(tx, wait);
    return wait;
  }

  /**
   * @returns until when a place of the day can come.
   * @throws UserError `no_such_slot` · `slot_closed` · `slot_over` · `slot_not_yet` · `places_left`
   */
  async #refuseUnlessFull(wanted: WaitingDay): Promise<Date> {
    const { appointments, clock } = this.#parts;
    const now = clock.now();
    const taken = (await this.#listSlots(wanted)).filter((slot) => slotStateAt(slot, now) === 'full');
    const slotIds = taken.map(({ slotId }) => slotId);
    const lapsed = await appointments.countLapsed(wanted.accountId, slotIds, now);
    for (const slotId of lapsed.keys())
      await this.#places.inLine(wanted.accountId, slotId, () =>
        this.#places.reclaim(wanted.accountId, slotId, now),
      );
    const slots = await this.#listSlots(wanted);
    const states = slots.map((slot) => slotStateAt(slot, now));
    if (states.includes('free')) throw refuse('places_left');
    const full = slots.filter((_, position) => states[position] === 'full');
    if (full.length > 0)
      return new Date(Math.max(...full.map(({ bookableUntil }) => bookableUntil.getTime())));
    if (states.includes('not_yet')) throw refuse('slot_not_yet');
    if (states.includes('over')) throw refuse('slot_over');
    throw refuse(states.includes('closed') ? 'slot_closed' : 'no_such_slot');
  }

  #listSlots({ accountId, service, venue, day }: WaitingDay): Promise<Slot[]> {
    return this.#parts.slots.list({ accountId, service, venue, firstDay: day, lastDay: day });
  }

  async accept(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    const { transactions, clock } = this.#parts;
    const seen = await this.#views.findOwn(citizen, appointmentId);
    if (isTaken(seen)) return this.#views.show(seen);
    refuseUnlessOffered(seen, clock.now());
    const service = await findOpenService(this.#parts, citizen.accountId, seen.service);
    const booked = await this.#places.inLine(citizen.accountId, placeOf(seen).slotId, () =>
      transactions.run(async (tx) => {
        const now = clock.now();
        const offer = await this.#views.findOwn(citizen, appointmentId, tx);
        if (isTaken(offer)) return offer;
        refuseUnlessOffered(offer, now);
        return this.#confirming.confirm(tx, offer, personOf(offer), service, now);
      }),
    );
    return this.#views.show(booked);
  }
}

function isTaken({ state }: Appointment): boolean {
  return state === 'booked' || state === 'arrived';
}

function refuseUnlessOffered(appointment: Appointment, now: number): void {
  if (appointment.state === 'lapsed' || (appointment.state === 'offered' && isLapsed(appointment, now)))
    throw refuse('offer_lapsed');
  if (appointment.state === 'closed') throw refuse('slot_closed');
  if (appointment.state !== 'offered') throw refuse('not_changeable');
}

/** @throws Error for an appointment without a person: a fault of the program. */
function personOf({ appointmentId, personKey, sealed, consent }: Appointment): PersonRecord {
  if (personKey === undefined || sealed === undefined)
    throw new Error(`appointment ${appointmentId} is nobody's`);
  return { personKey, sealed, ...(consent && { consent }) };
}
