import { UserError } from '../../../core/errors.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import { readPerson } from '../../persons/person.js';
import type { Appointment, Person } from '../appointment.js';
import type { AppointmentView, Citizen, Consent } from '../booking-desk.js';
import type { Slot } from '../slot.js';
import { mayChange, type AppointmentViews } from './appointment-views.js';
import type { BookingParts } from './booking-parts.js';
import { findOpenService, type Confirming } from './confirming.js';
import { Persons } from './persons.js';
import type { Places } from './places.js';
import { refuse } from './refusals.js';
import { lapsedExpiry } from './retention.js';
import { end, isLapsed, placeIn, placeOf } from './transitions.js';

/** How long a place is kept while the form is filled in, in milliseconds. */
const holdMs = 10 * 60_000;

/** Holds a place, books it, gives it up. */
export class Booking {
  readonly #parts: BookingParts;
  readonly #places: Places;
  readonly #views: AppointmentViews;
  readonly #confirming: Confirming;
  readonly #persons: Persons;

  constructor(
    parts: BookingParts,
    helpers: { places: Places; views: AppointmentViews; confirming: Confirming },
  ) {
    this.#parts = parts;
    this.#places = helpers.places;
    this.#views = helpers.views;
    this.#confirming = helpers.confirming;
    this.#persons = new Persons(parts.cipher);
  }

  async hold(citizen: Citizen, slotId: string): Promise<AppointmentView> {
    try {
      return await this.#views.show(await this.#holdNew(citizen, slotId));
    } catch (error) {
      // Whoever holds the place is not refused it.
      const mine = error instanceof UserError ? await this.#parts.appointments.findHold(citizen) : null;
      if (mine?.slotId !== slotId || isLapsed(mine, this.#parts.clock.now())) throw error;
      return this.#views.show(mine);
    }
  }

  #holdNew(citizen: Citizen, slotId: string): Promise<Appointment> {
    return this.#places.seek(citizen.accountId, slotId, async (slot) => {
      await findOpenService(this.#parts, slot.accountId, slot.service);
      return this.#parts.transactions.run((tx) => this.#holdWithin(tx, citizen, slot));
    });
  }

  async #holdWithin(tx: Transaction, citizen: Citizen, slot: Slot): Promise<Appointment> {
    const { appointments, clock, draws } = this.#parts;
    const now = clock.now();
    const mine = await appointments.findHold(citizen, tx);
    const isLive = mine !== null && !isLapsed(mine, now);
    if (isLive && mine.slotId === slot.slotId) return mine;
    if (mine !== null && !isLive) await this.#places.lapse(tx, mine, now);
    await this.#places.take(tx, slot, now);
    const until = new Date(Math.min(now + holdMs, slot.startsAt.getTime()));
    const changedAt = new Date(now);
    const place = { ...placeIn(slot), until, changedAt, expiresAt: lapsedExpiry(until.getTime()) };
    if (isLive) {
      const moved: Appointment = { ...mine, ...place };
      await appointments.replace(tx, mine, moved);
      await this.#places.giveBack(tx, mine.accountId, placeOf(mine).slotId, now);
      return moved;
    }
    const hold: Appointment = {
      ...citizen,
      ...place,
      appointmentId: draws.appointmentId(),
      state: 'held',
      movedFrom: [],
      createdAt: changedAt,
    };
    await appointments.add(tx, hold);
    return hold;
  }

  async book(
    citizen: Citizen,
    appointmentId: string,
    person: Person,
    consent: Consent,
  ): Promise<AppointmentView> {
    const { transactions, clock } = this.#parts;
    const seen = await this.#views.findOwn(citizen, appointmentId);
    if (isBooked(seen)) return this.#views.show(seen);
    refuseWithoutConsent(consent);
    const record = {
      ...this.#persons.seal(citizen, readPerson(person, clock.now())),
      consent: { notice: consent.notice, at: consent.at },
    };
    refuseUnlessHeld(seen, clock.now());
    const service = await findOpenService(this.#parts, citizen.accountId, seen.service);
    const booked = await this.#places.inLine(citizen.accountId, placeOf(seen).slotId, () =>
      transactions.run(async (tx) => {
        const now = clock.now();
        const hold = await this.#views.findOwn(citizen, appointmentId, tx);
        if (isBooked(hold)) return hold;
        refuseUnlessHeld(hold, now);
        // Moved to another service meanwhile: its rules would be the wrong ones.
        if (hold.service !== service.id) throw refuse('hold_lapsed');
        return this.#confirming.confirm(tx, hold, record, service, now);
      }),
    );
    return this.#views.show(booked);
  }

  async cancel(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    const { transactions } = this.#parts;
    const seen = await this.#views.findOwn(citizen, appointmentId);
    const cancelIt = () => transactions.run((tx) => this.#cancelWithin(tx, citizen, appointmentId));
    const cancelled =
      seen.slotId === undefined
        ? await cancelIt()
        : await this.#places.inLine(citizen.accountId, seen.slotId, cancelIt);
    return this.#views.show(cancelled);
  }

  async #cancelWithin(tx: Transaction, citizen: Citizen, appointmentId: string): Promise<Appointment> {
    const { appointments, offers, clock } = this.#parts;
    const now = clock.now();
    const mine = await this.#views.findOwn(citizen, appointmentId, tx);
    switch (mine.state) {
      case 'held':
      case 'offered':
        return this.#places.lapse(tx, mine, now);
      case 'waiting': {
        const cancelled = end(mine, 'cancelled', now);
        await appointments.replace(tx, mine, cancelled);
        return cancelled;
      }
      case 'booked': {
        const service = await offers.findService(mine.accountId, mine.service);
        if (!mayChange(mine, service, now)) throw refuse('too_late_to_change');
        const cancelled = end(mine, 'cancelled', now);
        await appointments.replace(tx, mine, cancelled);
        await this.#places.giveBack(tx, mine.accountId, placeOf(mine).slotId, now);
        return cancelled;
      }
      case 'cancelled':
      case 'closed':
      case 'lapsed':
        return mine;
      case 'arrived':
      case 'missed':
        throw refuse('not_changeable');
    }
  }
}

/** @throws UserError `consent_missing` */
export function refuseWithoutConsent({ notice }: Consent): void {
  if (notice.trim() === '') throw refuse('consent_missing');
}

function isBooked({ state }: Appointment): boolean {
  return state === 'booked' || state === 'arrived';
}

function refuseUnlessHeld(appointment: Appointment, now: number): void {
  if (appointment.state === 'lapsed' || (appointment.state === 'held' && isLapsed(appointment, now)))
    throw refuse('hold_lapsed');
  if (appointment.state === 'closed') throw refuse('slot_closed');
  if (appointment.state !== 'held') throw refuse('not_changeable');
}
