import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment } from '../appointment.js';
import type { Service } from '../offer.js';
import type { BookingParts } from './booking-parts.js';
import type { PersonRecord } from './persons.js';
import type { PersonRules } from './person-rules.js';
import { refuse } from './refusals.js';
import { visitExpiry } from './retention.js';
import { placeOf } from './transitions.js';

/** Makes a place that is kept an appointment of a person. */
export class Confirming {
  readonly #parts: BookingParts;
  readonly #rules: PersonRules;

  constructor(parts: BookingParts, rules: PersonRules) {
    this.#parts = parts;
    this.#rules = rules;
  }

  /**
   * @param kept a hold or an offer whose time is not over.
   * @throws UserError `slot_closed` · `person_blocked` · `person_busy` · `person_limit`
   */
  async confirm(
    tx: Transaction,
    kept: Appointment,
    person: PersonRecord,
    service: Service,
    now: number,
  ): Promise<Appointment> {
    const { slots, appointments, draws } = this.#parts;
    const { accountId, day } = kept;
    const place = placeOf(kept);
    if (!(await slots.holdOpen(tx, accountId, place.slotId))) throw refuse('slot_closed');
    const { personKey } = person;
    const claim = await this.#rules.claim(tx, { accountId, personKey, service, place, day }, now);
    await this.#rules.refuseBlocked(tx, { accountId, personKey, service }, now);
    const { until: _until, ...rest } = kept;
    const booked: Appointment = {
      ...rest,
      ...person,
      ...claim,
      state: 'booked',
      code: draws.code(),
      changedAt: new Date(now),
      expiresAt: visitExpiry(day),
    };
    await appointments.replace(tx, kept, booked);
    return booked;
  }
}

/** @throws UserError `service_paused`: nothing new can be booked. */
export async function findOpenService(
  { offers }: Pick<BookingParts, 'offers'>,
  accountId: string,
  id: string,
): Promise<Service> {
  const service = await offers.findService(accountId, id);
  if (service === null || service.isPaused) throw refuse('service_paused');
  return service;
}
