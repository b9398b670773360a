import { businessDay } from '../../../core/business-day.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment, Claim } from '../appointment.js';
import type { PersonLimit, Service } from '../offer.js';
import { blockedUntil, missesMatterSince } from './blocked-until.js';
import type { BookingParts } from './booking-parts.js';
import { refuse, refuseBlocked, refuseLimit } from './refusals.js';
import { aheadPeriod, placeOf, type Place } from './transitions.js';
import type { Visits } from './visits.js';

/** Who wants to be where. */
export interface Wish {
  accountId: string;
  personKey: string;
  service: Service;
  place: Pick<Place, 'startsAt'>;
  day: string;
  /** The appointment that is moved: it is not in its own way. */
  except?: string;
}

/** What one person may have. The unique indexes behind `Claim` and `busyAt` decide; these look first, to say why. */
export class PersonRules {
  readonly #parts: Pick<BookingParts, 'appointments'>;
  readonly #visits: Visits;

  constructor(parts: Pick<BookingParts, 'appointments'>, visits: Visits) {
    this.#parts = parts;
    this.#visits = visits;
  }

  /** @throws UserError `person_blocked` */
  async refuseBlocked(
    tx: Transaction,
    { accountId, personKey, service }: Pick<Wish, 'accountId' | 'personKey' | 'service'>,
    now: number,
  ): Promise<void> {
    const since = missesMatterSince(service.noShow, now);
    const person = { accountId, service: service.id, personKey, since };
    const missed = await this.#parts.appointments.listMissed(tx, person);
    const until = blockedUntil(
      missed.map((appointment) => placeOf(appointment).startsAt),
      service.noShow,
      now,
    );
    if (until) throw refuseBlocked(service, until);
  }

  /**
   * What the appointment takes to keep the person from standing twice.
   * @throws UserError `person_busy` · `person_limit`
   */
  async claim(tx: Transaction, wish: Wish, now: number): Promise<Pick<Appointment, 'busyAt' | 'claim'>> {
    const busyAt = await this.claimInstant(tx, wish);
    const period = periodOf(wish.service.limit, wish.day);
    const ordinal = await this.#findOrdinal(tx, wish, period, now);
    return { busyAt, claim: { period, ordinal } };
  }

  /** @throws UserError `person_busy` */
  async claimInstant(
    tx: Transaction,
    { accountId, personKey, place, except }: Pick<Wish, 'accountId' | 'personKey' | 'place' | 'except'>,
  ): Promise<Date> {
    const busyAt = place.startsAt;
    const busy = await this.#parts.appointments.findBusy(tx, { accountId, personKey, busyAt });
    if (busy && busy.appointmentId !== except) throw refuse('person_busy');
    return busyAt;
  }

  async #findOrdinal(
    tx: Transaction,
    { accountId, personKey, service, except }: Wish,
    period: string,
    now: number,
  ): Promise<Claim['ordinal']> {
    const key = { accountId, service: service.id, period, personKey };
    const claims = await this.#parts.appointments.listClaims(tx, key);
    const others = claims.filter(({ appointmentId }) => appointmentId !== except);
    const standing: Appointment[] = [];
    for (const other of others) {
      const isOver = period === aheadPeriod && other.day < businessDay(now);
      if (isOver) await this.#visits.settleUnvisited(tx, other, now);
      else standing.push(other);
    }
    if (standing.length >= service.limit.count) throw refuseLimit(service);
    const taken = new Set(standing.map(({ claim }) => claim?.ordinal));
    let ordinal = 0;
    while (taken.has(ordinal)) ordinal += 1;
    return ordinal;
  }
}

function periodOf({ per }: PersonLimit, day: string): string {
  switch (per) {
    case 'ahead':
      return aheadPeriod;
    case 'day':
      return day;
    case 'month':
      return day.slice(0, 'YYYY-MM'.length);
    case 'year':
      return day.slice(0, 'YYYY'.length);
  }
}
