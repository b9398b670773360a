import { UserError } from '../../../core/errors.js';
import { Lines } from '../../../core/lines.js';
import { SharedReads } from '../../../core/shared-reads.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment } from '../appointment.js';
import type { Service } from '../offer.js';
import type { Slot, SlotState } from '../slot.js';
import type { BookingParts } from './booking-parts.js';
import { refuse } from './refusals.js';
import { end, placeIn, placeOf } from './transitions.js';

/** How a slot looks at `now`; `lapsed` of the places taken are no longer held for anybody. */
export function slotStateAt(slot: Slot, now: number, lapsed = 0): SlotState {
  if (slot.closed !== null) return 'closed';
  if (now >= slot.bookableUntil.getTime()) return 'over';
  if (now < slot.bookableFrom.getTime()) return 'not_yet';
  return slot.taken - lapsed < slot.capacity ? 'free' : 'full';
}

/** @throws UserError `slot_full` · `slot_closed` · `slot_over` · `slot_not_yet` */
export function refuseUnlessFree(state: SlotState): void {
  if (state !== 'free') throw refuse(`slot_${state}`);
}

interface Look {
  slot: Slot;
  /** Places whose hold or offer is over are free, also where they still count as taken. */
  state: SlotState;
}

/** Takes places and gives them back; what is given back goes to whoever waits before anybody else. */
export class Places {
  readonly #parts: BookingParts;
  readonly #lines = new Lines();
  readonly #looks = new SharedReads<Look>();
  /** By slot: the last refusal while people stand in line for it, and when its reading began. */
  readonly #refused = new Map<string, { since: number; error: UserError }>();
  #moment = 0;

  constructor(parts: BookingParts) {
    this.#parts = parts;
  }

  /** For whoever writes to the slot without taking a place. */
  inLine<Result>(accountId: string, slotId: string, work: () => Promise<Result>): Promise<Result> {
    return this.#lines.run(accountId, slotId, work);
  }

  /**
   * For whoever wants a place: refuses by a read what is in vain anyway, and lets the others through one by one.
   * The read decides nothing else; `take` does.
   *
   * @throws UserError `no_such_slot` · `slot_full` · `slot_closed` · `slot_over` · `slot_not_yet`
   */
  async seek<Result>(
    accountId: string,
    slotId: string,
    work: (slot: Slot) => Promise<Result>,
  ): Promise<Result> {
    refuseUnlessFree((await this.#look(accountId, slotId)).state);
    const arrivedAt = (this.#moment += 1);
    try {
      return await this.inLine(accountId, slotId, async () =>
        work(await this.#lookInLine(accountId, slotId, arrivedAt)),
      );
    } finally {
      if (this.#lines.isEmpty(accountId, slotId)) this.#refused.delete(slotId);
    }
  }

  /** @throws UserError as `seek` */
  async take(tx: Transaction, { accountId, slotId }: Slot, now: number): Promise<void> {
    const { slots } = this.#parts;
    if (await slots.take(tx, accountId, slotId, now)) return;
    const slot = await slots.find(accountId, slotId, tx);
    if (slot === null) throw refuse('no_such_slot');
    refuseUnlessFree(slotStateAt(slot, now));
    throw new Error(`slot ${slotId} is free and was not given`);
  }

  /** The place goes to the first who waits for the day, else it is free. */
  async giveBack(tx: Transaction, accountId: string, slotId: string, now: number): Promise<void> {
    const { slots } = this.#parts;
    const slot = await slots.find(accountId, slotId, tx);
    if (slot === null) throw new Error(`there is no slot ${slotId} to give a place back to`);
    const mayPassOn = slotStateAt({ ...slot, taken: 0 }, now) === 'free' && slot.taken <= slot.capacity;
    const keep = () => slots.holdOpen(tx, accountId, slotId);
    if (mayPassOn && (await this.#offerToFirst(tx, slot, now, keep))) return;
    await slots.release(tx, accountId, slotId, 1);
  }

  /** Ends a hold or an offer and gives its place back. */
  async lapse(tx: Transaction, appointment: Appointment, now: number): Promise<Appointment> {
    const lapsed = end(appointment, 'lapsed', now);
    await this.#parts.appointments.replace(tx, appointment, lapsed);
    await this.giveBack(tx, appointment.accountId, placeOf(appointment).slotId, now);
    return lapsed;
  }

  /** Ends the holds and offers of a slot whose time is over. @returns how many. */
  async reclaim(accountId: string, slotId: string, now: number): Promise<number> {
    const { appointments, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const lapsed = await appointments.listLapsed(tx, accountId, slotId, now);
      for (const appointment of lapsed) await this.lapse(tx, appointment, now);
      return lapsed.length;
    });
  }

  /**
   * Offers a place that is free to the first who waits: where capacity grew, or a place came back at the very moment
   * that somebody began to wait. False: nobody waits, or there is none.
   */
  offerFree(slot: Slot, now: number): Promise<boolean> {
    const { slots, transactions } = this.#parts;
    const { accountId, slotId } = slot;
    return this.inLine(accountId, slotId, () =>
      transactions.run((tx) =>
        this.#offerToFirst(tx, slot, now, () => slots.take(tx, accountId, slotId, now)),
      ),
    );
  }

  /** @param keep makes the place theirs; false: it cannot be. */
  async #offerToFirst(
    tx: Transaction,
    slot: Slot,
    now: number,
    keep: () => Promise<boolean>,
  ): Promise<boolean> {
    const { appointments, offers, notices } = this.#parts;
    const first = await appointments.findFirstWaiting(tx, slot, now);
    if (first === null) return false;
    const service = await offers.findService(slot.accountId, slot.service);
    if (service === null || service.isPaused || !(await keep())) return false;
    const until = endOfOffer(slot, service, now);
    const changedAt = new Date(now);
    await appointments.replace(tx, first, { ...first, ...placeIn(slot), state: 'offered', until, changedAt });
    const { accountId, appointmentId, openid } = first;
    const notice = { accountId, appointmentId, openid, about: slot.startsAt, dueAt: changedAt, until };
    await notices.add(tx, { ...notice, kind: 'offered' });
    return true;
  }

  async #lookInLine(accountId: string, slotId: string, arrivedAt: number): Promise<Slot> {
    const known = this.#refused.get(slotId);
    // Nobody was let through since that reading began: it holds for all who were in line by then.
    if (known && known.since > arrivedAt) throw known.error;
    const since = (this.#moment += 1);
    try {
      return await this.#findRoom(accountId, slotId);
    } catch (error) {
      if (error instanceof UserError) this.#refused.set(slotId, { since, error });
      throw error;
    }
  }

  async #findRoom(accountId: string, slotId: string): Promise<Slot> {
    const seen = await this.#look(accountId, slotId);
    refuseUnlessFree(seen.state);
    const now = this.#parts.clock.now();
    if (slotStateAt(seen.slot, now) !== 'full') return seen.slot;
    await this.reclaim(accountId, slotId, now);
    const { slot } = await this.#look(accountId, slotId);
    refuseUnlessFree(slotStateAt(slot, now));
    return slot;
  }

  #look(accountId: string, slotId: string): Promise<Look> {
    return this.#looks.read(`${accountId} ${slotId}`, () => this.#lookNow(accountId, slotId));
  }

  async #lookNow(accountId: string, slotId: string): Promise<Look> {
    const { slots, appointments, clock } = this.#parts;
    const slot = await slots.find(accountId, slotId);
    if (slot === null) throw refuse('no_such_slot');
    const now = clock.now();
    const state = slotStateAt(slot, now);
    if (state !== 'full') return { slot, state };
    const lapsed = (await appointments.countLapsed(accountId, [slotId], now)).get(slotId) ?? 0;
    return { slot, state: slotStateAt(slot, now, lapsed) };
  }
}

function endOfOffer({ bookableUntil }: Slot, { offerMinutes }: Service, now: number): Date {
  return new Date(Math.min(now + offerMinutes * 60_000, bookableUntil.getTime()));
}
