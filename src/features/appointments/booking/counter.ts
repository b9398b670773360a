import type { Actor } from '../../../core/actor.js';
import { businessDay } from '../../../core/business-day.js';
import { maskPersonalNumbers } from '../../../core/mask-personal.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import { readPerson } from '../../persons/person.js';
import type { Appointment, Person } from '../appointment.js';
import type { AppointmentView } from '../booking-desk.js';
import type { AppointmentViews } from './appointment-views.js';
import type { BookingParts } from './booking-parts.js';
import { Persons } from './persons.js';
import type { PersonRules } from './person-rules.js';
import type { Places } from './places.js';
import { refuse } from './refusals.js';
import { visitExpiry } from './retention.js';
import { end, finish, placeIn, placeOf } from './transitions.js';
import type { Visits } from './visits.js';

/** What staff do with one appointment, and why. */
export interface CounterOrder {
  accountId: string;
  appointmentId: string;
  reason: string;
}

/** The counter: every command is on record, in its own transaction. */
export class Counter {
  readonly #parts: BookingParts;
  readonly #places: Places;
  readonly #views: AppointmentViews;
  readonly #rules: PersonRules;
  readonly #visits: Visits;
  readonly #persons: Persons;

  constructor(
    parts: BookingParts,
    helpers: { places: Places; views: AppointmentViews; rules: PersonRules; visits: Visits },
  ) {
    this.#parts = parts;
    this.#places = helpers.places;
    this.#views = helpers.views;
    this.#rules = helpers.rules;
    this.#visits = helpers.visits;
    this.#persons = new Persons(parts.cipher);
  }

  async checkIn(accountId: string, code: string, actor: Actor): Promise<AppointmentView> {
    const { appointments, transactions, clock } = this.#parts;
    const arrived = await transactions.run(async (tx) => {
      const now = clock.now();
      const found = await appointments.findByCode(tx, accountId, code.trim());
      if (found?.state === 'arrived') throw refuse('already_arrived');
      if (found === null || (found.state !== 'booked' && found.state !== 'missed'))
        throw refuse('no_such_code');
      if (found.state === 'missed' || found.day !== businessDay(now)) throw refuse('not_today');
      const after = finish(found, 'arrived', now);
      await appointments.replace(tx, found, after);
      await this.#record(tx, actor, after, 'appointment.check_in');
      return after;
    });
    return this.#views.show(arrived);
  }

  async bookBeyondRules(
    order: { accountId: string; slotId: string; person: Person; reason: string },
    actor: Actor,
  ): Promise<AppointmentView> {
    const { transactions, clock } = this.#parts;
    const { accountId, slotId } = order;
    const reason = readReason(order.reason);
    const person = readPerson(order.person, clock.now());
    const booked = await this.#places.inLine(accountId, slotId, () =>
      transactions.run((tx) => this.#bookWithin(tx, { accountId, slotId, person, reason }, actor)),
    );
    return this.#views.show(booked);
  }

  async #bookWithin(
    tx: Transaction,
    order: { accountId: string; slotId: string; person: Person; reason: string },
    actor: Actor,
  ): Promise<Appointment> {
    const { slots, appointments, clock, draws } = this.#parts;
    const { accountId, slotId, person, reason } = order;
    const now = clock.now();
    const slot = await slots.takeBeyondRules(tx, accountId, slotId);
    if (slot.closed !== null) throw refuse('slot_closed');
    if (slot.endsAt.getTime() <= now) throw refuse('slot_over');
    const nobody = { accountId, openid: '' };
    const record = this.#persons.seal(nobody, person);
    const { personKey } = record;
    const at = new Date(now);
    const booked: Appointment = {
      ...nobody,
      ...placeIn(slot),
      ...record,
      busyAt: await this.#rules.claimInstant(tx, { accountId, personKey, place: slot }),
      appointmentId: draws.appointmentId(),
      state: 'booked',
      code: draws.code(),
      movedFrom: [],
      override: { by: actor.by, reason },
      createdAt: at,
      changedAt: at,
      expiresAt: visitExpiry(slot.day),
    };
    await appointments.add(tx, booked);
    await this.#record(tx, actor, booked, 'appointment.override', reason);
    return booked;
  }

  async cancelForCitizen(order: CounterOrder, actor: Actor): Promise<AppointmentView> {
    const { appointments, transactions, clock } = this.#parts;
    const reason = readReason(order.reason);
    const seen = await this.#find(order);
    if (seen.state === 'cancelled') return this.#views.show(seen);
    const cancelled = await transactions.run(async (tx) => {
      const now = clock.now();
      const found = await this.#find(order, tx);
      if (found.state === 'cancelled') return found;
      if (found.state !== 'booked' && found.state !== 'waiting' && found.state !== 'offered')
        throw refuse('not_changeable');
      if (found.startsAt && found.startsAt.getTime() <= now) throw refuse('too_late_to_change');
      const after = end(found, 'cancelled', now, reason);
      await appointments.replace(tx, found, after);
      if (found.state !== 'waiting')
        await this.#places.giveBack(tx, found.accountId, placeOf(found).slotId, now);
      await this.#visits.tell(tx, found, 'cancelled', now);
      await this.#record(tx, actor, after, 'appointment.cancel', reason);
      return after;
    });
    return this.#views.show(cancelled);
  }

  /** The person in full, once it is on record who looked and why; null where the key is lost. */
  async disclose(order: CounterOrder, actor: Actor): Promise<Person | null> {
    const reason = readReason(order.reason);
    const found = await this.#parts.transactions.run(async (tx) => {
      const appointment = await this.#find(order, tx);
      await this.#record(tx, actor, appointment, 'appointment.disclose', reason);
      return appointment;
    });
    return this.#persons.open(found);
  }

  async #find(
    { accountId, appointmentId }: Pick<CounterOrder, 'accountId' | 'appointmentId'>,
    tx?: Transaction,
  ): Promise<Appointment> {
    const found = await this.#parts.appointments.find(accountId, appointmentId, tx);
    if (found === null) throw refuse('no_such_appointment');
    return found;
  }

  #record(
    tx: Transaction,
    actor: Actor,
    { accountId, appointmentId }: Appointment,
    action: string,
    reason?: string,
  ): Promise<void> {
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action,
      object: { kind: 'appointment', id: appointmentId },
      changes: [],
      ...(reason !== undefined && { reason: maskPersonalNumbers(reason) }),
    });
  }
}

/** @throws UserError `reason_missing` */
export function readReason(reason: string): string {
  const read = reason.trim();
  if (read === '') throw refuse('reason_missing');
  return read;
}
