import type { Appointment } from '../appointment.js';
import type { WaitingDay } from '../appointment-store.js';
import type { Slot } from '../slot.js';
import type { BookingParts } from './booking-parts.js';
import { slotStateAt, type Places } from './places.js';
import { end, isLapsed } from './transitions.js';
import type { Visits } from './visits.js';

/** Records that one reading brings. */
const batchSize = 200;

export interface Reclaimed {
  /** Holds, offers and waits whose time was over. */
  lapsed: number;
  /** Places that were free while people waited. */
  offered: number;
}

/** What nobody asks for and has to be done all the same. Nothing depends on when it is done. */
export class Upkeep {
  readonly #parts: BookingParts;
  readonly #places: Places;
  readonly #visits: Visits;

  constructor(parts: BookingParts, helpers: { places: Places; visits: Visits }) {
    this.#parts = parts;
    this.#places = helpers.places;
    this.#visits = helpers.visits;
  }

  async reclaim(now: number): Promise<Reclaimed> {
    return { lapsed: await this.#endExpired(now), offered: await this.#offerFree(now) };
  }

  async #endExpired(now: number): Promise<number> {
    const { appointments } = this.#parts;
    let lapsed = 0;
    for (;;) {
      const expired = await appointments.listExpired(now, batchSize);
      const slots = new Map(expired.map(({ accountId, slotId }) => [slotId, accountId]));
      let ended = 0;
      for (const [slotId, accountId] of slots) {
        if (slotId === undefined) continue;
        ended += await this.#places.inLine(accountId, slotId, () =>
          this.#places.reclaim(accountId, slotId, now),
        );
      }
      for (const { accountId, appointmentId, slotId } of expired)
        if (slotId === undefined && (await this.#endWait(accountId, appointmentId, now))) ended += 1;
      lapsed += ended;
      // None ended although some were read: another process is at it.
      if (expired.length < batchSize || ended === 0) return lapsed;
    }
  }

  #endWait(accountId: string, appointmentId: string, now: number): Promise<boolean> {
    const { appointments, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const wait = await appointments.find(accountId, appointmentId, tx);
      if (wait?.state !== 'waiting' || !isLapsed(wait, now)) return false;
      await appointments.replace(tx, wait, end(wait, 'lapsed', now));
      return true;
    });
  }

  async #offerFree(now: number): Promise<number> {
    let offered = 0;
    for (const day of await this.#parts.appointments.listWaitingDays(now, batchSize)) {
      const free = (await this.#listSlots(day)).filter((slot) => slotStateAt(slot, now) === 'free');
      for (const slot of free) while (await this.#places.offerFree(slot, now)) offered += 1;
    }
    return offered;
  }

  /** Who stands in a closed slot that is not over, or waits for a day that is closed altogether. */
  async listToDisplace(accountId: string, limit: number): Promise<Appointment[]> {
    const { slots, appointments, clock } = this.#parts;
    const now = clock.now();
    const closed = await slots.listClosedTaken(accountId, now, batchSize);
    const slotIds = closed.map(({ slotId }) => slotId);
    const standing = await appointments.listStanding(accountId, slotIds, limit);
    const waiting: Appointment[] = [];
    for (const day of await appointments.listWaitingDays(now, batchSize)) {
      if (standing.length + waiting.length >= limit) break;
      if (day.accountId === accountId && (await this.#isClosed(day)))
        waiting.push(...(await appointments.listWaiting(day, limit)));
    }
    return [...standing, ...waiting].slice(0, limit);
  }

  /** False: it does not stand in a closed slot (any more), and nothing has changed. */
  async displace(accountId: string, appointmentId: string, because: string): Promise<boolean> {
    const { slots, appointments, transactions, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const found = await appointments.find(accountId, appointmentId, tx);
      if (found === null) return false;
      if (found.state === 'waiting') {
        if (!(await this.#isClosed(found))) return false;
      } else {
        if (!isDisplaceable(found)) return false;
        const slot = await slots.find(accountId, found.slotId, tx);
        if (slot === null || slot.closed === null) return false;
      }
      await this.#visits.close(tx, found, because, clock.now());
      return true;
    });
  }

  async #isClosed(day: WaitingDay): Promise<boolean> {
    const slots = await this.#listSlots(day);
    return slots.length > 0 && slots.every(({ closed }) => closed !== null);
  }

  #listSlots({ accountId, service, venue, day }: WaitingDay): Promise<Slot[]> {
    return this.#parts.slots.list({ accountId, service, venue, firstDay: day, lastDay: day });
  }
}

function isDisplaceable(appointment: Appointment): appointment is Appointment & { slotId: string } {
  const { state, slotId } = appointment;
  return slotId !== undefined && (state === 'held' || state === 'offered' || state === 'booked');
}
