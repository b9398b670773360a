import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment } from '../appointment.js';
import type { AppointmentView, Citizen } from '../booking-desk.js';
import type { Service } from '../offer.js';
import type { Slot } from '../slot.js';
import { mayChange, type AppointmentViews } from './appointment-views.js';
import type { BookingParts } from './booking-parts.js';
import { findOpenService } from './confirming.js';
import type { PersonRules } from './person-rules.js';
import type { Places } from './places.js';
import { refuse } from './refusals.js';
import { visitExpiry } from './retention.js';
import { placeIn, placeOf } from './transitions.js';

/**
 * Moves an appointment: the same record, in one transaction; the new place is taken before the old one is given back.
 */
export class Moving {
  readonly #parts: BookingParts;
  readonly #places: Places;
  readonly #views: AppointmentViews;
  readonly #rules: PersonRules;

  constructor(parts: BookingParts, helpers: { places: Places; views: AppointmentViews; rules: PersonRules }) {
    this.#parts = parts;
    this.#places = helpers.places;
    this.#views = helpers.views;
    this.#rules = helpers.rules;
  }

  async move(citizen: Citizen, appointmentId: string, slotId: string): Promise<AppointmentView> {
    const { transactions, offers, clock } = this.#parts;
    const seen = await this.#views.findOwn(citizen, appointmentId);
    if (seen.state === 'booked' && seen.slotId === slotId) return this.#views.show(seen);
    refuseUnlessMovable(seen, await offers.findService(seen.accountId, seen.service), clock.now());
    const moved = await this.#places.seek(citizen.accountId, slotId, async (slot) => {
      if (slot.service !== seen.service) throw refuse('no_such_slot');
      const service = await findOpenService(this.#parts, citizen.accountId, seen.service);
      return transactions.run(async (tx) => {
        const mine = await this.#views.findOwn(citizen, appointmentId, tx);
        return this.#moveWithin(tx, mine, slot, service);
      });
    });
    return this.#views.show(moved);
  }

  async #moveWithin(tx: Transaction, mine: Appointment, slot: Slot, service: Service): Promise<Appointment> {
    const now = this.#parts.clock.now();
    if (mine.state === 'booked' && mine.slotId === slot.slotId) return mine;
    refuseUnlessMovable(mine, service, now);
    const old = placeOf(mine);
    await this.#places.take(tx, slot, now);
    const { accountId, appointmentId, personKey } = mine;
    if (personKey === undefined) throw new Error(`appointment ${appointmentId} is nobody's`);
    const wish = { accountId, personKey, service, place: slot, day: slot.day, except: appointmentId };
    const at = new Date(now);
    const moved: Appointment = {
      ...mine,
      ...placeIn(slot),
      ...(await this.#claim(tx, mine, wish, now)),
      movedFrom: [...mine.movedFrom, { slotId: old.slotId, startsAt: old.startsAt, at }],
      changedAt: at,
      expiresAt: visitExpiry(slot.day),
    };
    await this.#parts.appointments.replace(tx, mine, moved);
    await this.#places.giveBack(tx, accountId, old.slotId, now);
    return moved;
  }

  /** What staff booked beyond the limits has no claim, and gets none by being moved. */
  async #claim(tx: Transaction, mine: Appointment, wish: Parameters<PersonRules['claim']>[1], now: number) {
    return mine.override
      ? { busyAt: await this.#rules.claimInstant(tx, wish) }
      : this.#rules.claim(tx, wish, now);
  }
}

function refuseUnlessMovable(appointment: Appointment, service: Service | null, now: number): void {
  if (appointment.state !== 'booked') throw refuse('not_changeable');
  if (!mayChange(appointment, service, now)) throw refuse('too_late_to_change');
}
