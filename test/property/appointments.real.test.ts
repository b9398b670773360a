import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { occupyingStates, type Appointment } from '../../src/features/appointments/appointment.js';
import type { Slot } from '../../src/features/appointments/slot.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import {
  accountId,
  buildService,
  citizen,
  consent,
  day,
  minute,
  monday,
  outcomeOf,
  person,
} from '../support/booking.js';
import { actor } from '../support/content-services.js';
import { openBooking, type BookingBench } from '../support/open-booking.js';

const citizens = 5;
const slotsOfDay = 3;
const limit = 2;

/** What may happen, and how often; `who` and `where` are drawn small, so that they meet. */
const weights = {
  bookAtOnce: 5,
  hold: 2,
  book: 2,
  move: 4,
  cancel: 4,
  wait: 6,
  accept: 6,
  close: 1,
  reopen: 1,
  widen: 1,
  override: 1,
  cancelForCitizen: 3,
  checkIn: 1,
  reclaim: 1,
  displace: 1,
  markMissed: 1,
  pass: 2,
  passDay: 1,
} as const;
const aDeed = fc.record({
  what: fc.oneof(
    ...objectEntries(weights).map(([what, weight]) => ({ arbitrary: fc.constant(what), weight })),
  ),
  who: fc.nat(citizens - 1),
  where: fc.nat(slotsOfDay - 1),
});
type Deed = typeof aDeed extends fc.Arbitrary<infer Value> ? Value : never;

/** Several at once, one after the other. */
const aStory = fc.array(fc.array(aDeed, { minLength: 1, maxLength: 3 }), { minLength: 5, maxLength: 25 });

let bench: BookingBench;
beforeAll(async () => {
  bench = await openBooking(buildService({ limit: { count: limit, per: 'ahead' } }));
});
afterAll(() => bench.dispose());

describe('whatever happens, and in whatever order', () => {
  it('no slot is given beyond its places, nobody has more than they may, and every place is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(aStory, fc.boolean(), async (story, isFullAtFirst) => {
        const slots = await begin();
        const capacity = new Map(slots.map(({ slotId }, nth) => [slotId, nth === 0 ? 2 : 1]));
        if (isFullAtFirst) await bookUp(slots);
        for (const deeds of story) {
          await Promise.all(deeds.map((deed) => outcomeOf(run(deed, slots, capacity))));
          await expectOrder(capacity);
        }
        await bench.desk.reclaim(bench.clock.now());
        await expectOrder(capacity);
        await expectNobodyWaitsInVain();
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

async function begin(): Promise<Slot[]> {
  for (const name of ['appointments', 'appointment_slots', 'owed_notices'])
    await databaseOf(bench.connection).collection(name).deleteMany({});
  bench.clock.at = monday;
  const first = monday + day + 60 * minute;
  const made: Slot[] = [];
  for (let nth = 0; nth < slotsOfDay; nth += 1)
    made.push(
      await bench.plan({ startsAt: new Date(first + nth * 30 * minute), capacity: nth === 0 ? 2 : 1 }),
    );
  return made;
}

/** Strangers have everything, so that others can only wait. */
async function bookUp(slots: readonly Slot[]): Promise<void> {
  let nth = 100;
  for (const { slotId, capacity } of slots)
    for (let place = 0; place < capacity; place += 1) {
      nth += 1;
      const { appointmentId } = await bench.desk.hold(citizen(nth), slotId);
      await bench.desk.book(citizen(nth), appointmentId, person(nth), consent);
    }
}

/** @param capacity what the rules allow to stand in each slot; grows with what staff allow. */
async function run(
  { what, who, where }: Deed,
  slots: readonly Slot[],
  capacity: Map<string, number>,
): Promise<void> {
  const { desk, clock } = bench;
  const slot = slots[where]!;
  const { slotId } = slot;
  const me = citizen(who);
  // The last two citizens are one person.
  const them = person(Math.min(who, citizens - 2));
  const mine = async (...states: string[]) =>
    (await desk.listOf(me)).find(({ state }) => states.includes(state))?.appointmentId ?? '';
  switch (what) {
    case 'hold':
      await desk.hold(me, slotId);
      return;
    case 'book':
      await desk.book(me, await mine('held'), them, consent);
      return;
    case 'bookAtOnce':
      await desk.book(me, (await desk.hold(me, slotId)).appointmentId, them, consent);
      return;
    case 'move':
      await desk.move(me, await mine('booked'), slotId);
      return;
    case 'cancel':
      await desk.cancel(me, await mine('booked', 'offered', 'waiting', 'held'));
      return;
    case 'wait':
      await desk.wait(me, slot, them, consent);
      return;
    case 'accept':
      for (const { appointmentId, openid } of await records())
        if (openid !== '') await outcomeOf(desk.accept({ accountId, openid }, appointmentId));
      return;
    case 'close':
      await bench.close(slot);
      return;
    case 'reopen':
    case 'widen': {
      const { taken: _taken, slotId: _slotId, ...plan } = (await bench.slots.find(accountId, slotId))!;
      const wider = plan.capacity + (what === 'widen' ? 1 : 0);
      capacity.set(slotId, capacity.get(slotId)! + wider - plan.capacity);
      await bench.slots.plan([{ ...plan, capacity: wider, closed: null }]);
      return;
    }
    case 'override':
      capacity.set(slotId, capacity.get(slotId)! + 1);
      await desk.bookBeyondRules({ accountId, slotId, person: person(who + 10), reason: '急' }, actor('li'));
      return;
    case 'cancelForCitizen': {
      const booked = (await records()).filter(({ state }) => state === 'booked');
      const appointmentId = booked[who % Math.max(booked.length, 1)]?.appointmentId ?? '';
      await desk.cancelForCitizen({ accountId, appointmentId, reason: '急' }, actor('li'));
      return;
    }
    case 'checkIn':
      for (const { code } of await desk.listOf(me))
        if (code) await desk.checkIn(accountId, code, actor('li'));
      return;
    case 'pass':
      clock.pass([1, 11, 31][where]! * minute);
      return;
    case 'passDay':
      clock.pass(day);
      return;
    case 'reclaim':
      await desk.reclaim(clock.now());
      return;
    case 'displace':
      for (const { appointmentId } of await desk.listToDisplace(accountId, 100))
        await desk.displace(accountId, appointmentId, '关闭');
      return;
    case 'markMissed':
      await desk.markMissed(clock.now());
  }
}

async function expectOrder(capacity: ReadonlyMap<string, number>): Promise<void> {
  expect(await bench.desk.reconcile()).toEqual([]);
  const all = await records();
  const occupying: readonly string[] = occupyingStates;
  for (const [slotId, most] of capacity) {
    const standing = all.filter((one) => one.slotId === slotId && occupying.includes(one.state));
    expect(standing.length).toBeLessThanOrEqual(most);
  }
  for (const states of groupBy(all, ({ openid }) => openid))
    expect(states.filter(({ state }) => state === 'held').length).toBeLessThanOrEqual(1);
  for (const ofPerson of groupBy(all, ({ personKey }) => personKey)) {
    const booked = ofPerson.filter(({ state, personKey }) => personKey && state === 'booked');
    expect(booked.filter(({ override }) => !override).length).toBeLessThanOrEqual(limit);
    expect(new Set(booked.map(({ startsAt }) => startsAt!.getTime())).size).toBe(booked.length);
    expect(ofPerson.filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(1);
  }
  for (const { state, slotId, until, claim } of all) {
    expect(occupying.includes(state) && slotId === undefined).toBe(false);
    expect(until !== undefined).toBe(['held', 'offered', 'waiting'].includes(state));
    if (state !== 'booked') expect(claim).toBeUndefined();
  }
}

/** After a reclaim nothing is free and open for a day that somebody waits for. */
async function expectNobodyWaitsInVain(): Promise<void> {
  const isWaiting = (await records()).some(({ state }) => state === 'waiting');
  const now = bench.clock.now();
  const slots = await bench.slots.list({ accountId, firstDay: '2026-11-01', lastDay: '2026-12-31' });
  const isFree = slots.some(
    ({ closed, taken, capacity, bookableUntil }) =>
      closed === null && taken < capacity && bookableUntil.getTime() > now,
  );
  expect(isWaiting && isFree).toBe(false);
}

async function records(): Promise<Appointment[]> {
  return (await bench.records()) as unknown as Appointment[];
}

function objectEntries<Key extends string, Value>(object: Record<Key, Value>): [Key, Value][] {
  return Object.entries(object) as [Key, Value][];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[][] {
  const keys = new Set(items.map(keyOf));
  return [...keys].map((key) => items.filter((item) => keyOf(item) === key));
}
