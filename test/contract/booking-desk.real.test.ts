import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BookingDesk } from '../../src/features/appointments/booking-desk.js';
import type { SlotPlan } from '../../src/features/appointments/slot-store.js';
import {
  accountId,
  buildPlan,
  citizen,
  consent,
  day,
  minute,
  monday,
  outcomeOf,
  person,
} from '../support/booking.js';
import { BookingDeskFake } from '../support/fakes/booking-desk-fake.js';
import { openBooking } from '../support/open-booking.js';

interface Bench {
  desk: BookingDesk;
  /** Makes a slot; its id. */
  plan(overrides?: Partial<SlotPlan>): Promise<string>;
  pass(ms: number): void;
  dispose(): Promise<void>;
}

async function openReal(): Promise<Bench> {
  const bench = await openBooking();
  return {
    desk: bench.desk,
    plan: async (overrides) => (await bench.plan(overrides)).slotId,
    pass: (ms) => bench.clock.pass(ms),
    dispose: bench.dispose,
  };
}

async function openFake(): Promise<Bench> {
  const clock = { now: monday };
  const desk = new BookingDeskFake([], clock);
  desk.cancelUntilMs = 120 * minute;
  return {
    desk,
    plan: async (overrides) => {
      const slotId = `s${desk.slots.length}`;
      desk.slots.push({ ...buildPlan(overrides), slotId, taken: 0 });
      return slotId;
    },
    pass: (ms) => {
      clock.now += ms;
    },
    dispose: async () => undefined,
  };
}

const tomorrow = '2026-11-24';
const atTen = { startsAt: new Date(monday + day + 120 * minute) };
const wanted = { service: 'id-card', venue: 'hall-a', day: tomorrow };

describe.each([
  ['with the real desk', openReal],
  ['with the fake', openFake],
])('booking %s', (_, open) => {
  let bench: Bench;
  let desk: BookingDesk;
  let nine: string;
  beforeEach(async () => {
    bench = await open();
    ({ desk } = bench);
    nine = await bench.plan();
  });
  afterEach(() => bench.dispose());

  async function book(nth: number, slotId: string, who = person(nth)) {
    const { appointmentId } = await desk.hold(citizen(nth), slotId);
    return desk.book(citizen(nth), appointmentId, who, consent);
  }

  it('keeps a place for ten minutes, and books it for a person who is shown masked', async () => {
    const held = await desk.hold(citizen(1), nine);
    expect(held).toMatchObject({
      ...wanted,
      state: 'held',
      until: new Date(monday + 10 * minute),
      person: null,
    });
    const booked = await desk.book(citizen(1), held.appointmentId, person(1), consent);
    expect(booked).toMatchObject({
      appointmentId: held.appointmentId,
      state: 'booked',
      code: expect.any(String),
      isChangeable: true,
      person: { name: '市**', phone: '138****0000', idNumber: expect.stringMatching(/^441\*{11}/) },
    });
    expect(booked.until).toBeUndefined();
    expect(await desk.find(citizen(1), held.appointmentId)).toEqual(booked);
    expect(await desk.listOf(citizen(1))).toEqual([booked]);
  });

  it('does nothing twice', async () => {
    const { appointmentId } = await desk.hold(citizen(1), nine);
    expect(await desk.hold(citizen(1), nine)).toMatchObject({ appointmentId, state: 'held' });
    const booked = await desk.book(citizen(1), appointmentId, person(1), consent);
    expect(await desk.book(citizen(1), appointmentId, person(1), consent)).toEqual(booked);
    expect(await desk.move(citizen(1), appointmentId, nine)).toEqual(booked);
    const cancelled = await desk.cancel(citizen(1), appointmentId);
    expect(cancelled.state).toBe('cancelled');
    expect(await desk.cancel(citizen(1), appointmentId)).toEqual(cancelled);
  });

  it('moves the one hold that a citizen has', async () => {
    const ten = await bench.plan(atTen);
    const { appointmentId } = await desk.hold(citizen(1), nine);
    expect(await desk.hold(citizen(1), ten)).toMatchObject({ appointmentId, startsAt: atTen.startsAt });
    expect((await desk.hold(citizen(2), nine)).state).toBe('held');
  });

  it('gives a place to one, until the hold has lapsed or was given up', async () => {
    const { appointmentId } = await desk.hold(citizen(1), nine);
    expect(await outcomeOf(desk.hold(citizen(2), nine))).toBe('slot_full');
    expect(await desk.cancel(citizen(1), appointmentId)).toMatchObject({ state: 'lapsed' });
    const second = await desk.hold(citizen(2), nine);
    bench.pass(10 * minute);
    expect(await outcomeOf(desk.book(citizen(2), second.appointmentId, person(2), consent))).toBe(
      'hold_lapsed',
    );
    expect((await book(3, nine)).state).toBe('booked');
  });

  it('refuses what does not exist, and what is somebody else’s', async () => {
    const { appointmentId } = await desk.hold(citizen(1), nine);
    expect(await outcomeOf(desk.hold(citizen(2), 'nowhere'))).toBe('no_such_slot');
    const attempts = [
      () => desk.find(citizen(2), appointmentId),
      () => desk.book(citizen(2), appointmentId, person(2), consent),
      () => desk.cancel(citizen(2), appointmentId),
      () => desk.move(citizen(2), appointmentId, nine),
      () => desk.accept(citizen(2), appointmentId),
      () => desk.find(citizen(1), 'nothing'),
    ];
    for (const attempt of attempts) expect(await outcomeOf(attempt())).toBe('no_such_appointment');
  });

  it('lets nobody stand in two places at once', async () => {
    const other = await bench.plan({ venue: 'hall-b' });
    await book(1, nine);
    const { appointmentId } = await desk.hold(citizen(2), other);
    expect(await outcomeOf(desk.book(citizen(2), appointmentId, person(1), consent))).toBe('person_busy');
  });

  it('moves an appointment, and leaves it where it is if the new place is taken', async () => {
    const ten = await bench.plan(atTen);
    const mine = await book(1, nine);
    const { appointmentId } = await desk.hold(citizen(2), ten);
    expect(await outcomeOf(desk.move(citizen(1), mine.appointmentId, ten))).toBe('slot_full');
    expect(await desk.find(citizen(1), mine.appointmentId)).toEqual(mine);
    await desk.cancel(citizen(2), appointmentId);
    const moved = await desk.move(citizen(1), mine.appointmentId, ten);
    expect(moved).toMatchObject({
      appointmentId: mine.appointmentId,
      code: mine.code,
      startsAt: atTen.startsAt,
    });
    expect((await book(3, nine)).state).toBe('booked');
  });

  it('changes nothing shortly before the time', async () => {
    const ten = await bench.plan(atTen);
    const { appointmentId } = await book(1, nine);
    bench.pass(day);
    expect(await desk.find(citizen(1), appointmentId)).toMatchObject({ isChangeable: false });
    expect(await outcomeOf(desk.cancel(citizen(1), appointmentId))).toBe('too_late_to_change');
    expect(await outcomeOf(desk.move(citizen(1), appointmentId, ten))).toBe('too_late_to_change');
  });

  it('offers a freed place to the first who waits, who takes it', async () => {
    expect(await outcomeOf(desk.wait(citizen(1), wanted, person(1), consent))).toBe('places_left');
    const booked = await book(1, nine);
    const wait = await desk.wait(citizen(2), wanted, person(2), consent);
    expect(wait).toMatchObject({ ...wanted, state: 'waiting', position: 0 });
    expect(await desk.wait(citizen(2), wanted, person(2), consent)).toEqual(wait);
    bench.pass(minute);
    expect(await desk.wait(citizen(3), wanted, person(3), consent)).toMatchObject({ position: 1 });
    expect(await outcomeOf(desk.accept(citizen(2), wait.appointmentId))).toBe('not_changeable');
    await desk.cancel(citizen(1), booked.appointmentId);
    expect(await outcomeOf(desk.hold(citizen(4), nine))).toBe('slot_full');
    expect(await desk.find(citizen(2), wait.appointmentId)).toMatchObject({
      state: 'offered',
      until: new Date(monday + 31 * minute),
    });
    const accepted = await desk.accept(citizen(2), wait.appointmentId);
    expect(accepted).toMatchObject({ appointmentId: wait.appointmentId, state: 'booked' });
    expect(await desk.accept(citizen(2), wait.appointmentId)).toEqual(accepted);
  });

  it('offers for half an hour', async () => {
    const booked = await book(1, nine);
    const { appointmentId } = await desk.wait(citizen(2), wanted, person(2), consent);
    await desk.cancel(citizen(1), booked.appointmentId);
    bench.pass(30 * minute);
    expect(await outcomeOf(desk.accept(citizen(2), appointmentId))).toBe('offer_lapsed');
  });

  it('lists what lies ahead by its time', async () => {
    const ten = await bench.plan(atTen);
    const twelve = await bench.plan({ startsAt: new Date(monday + 2 * day) });
    await book(1, twelve, person(11));
    const given = await book(1, ten, person(12));
    await desk.cancel({ accountId, openid: 'o-1' }, given.appointmentId);
    await book(1, nine, person(13));
    const listed = await desk.listOf(citizen(1));
    expect(listed.map(({ state, day: on }) => [state, on])).toEqual([
      ['booked', tomorrow],
      ['booked', '2026-11-25'],
      ['cancelled', tomorrow],
    ]);
  });
});
