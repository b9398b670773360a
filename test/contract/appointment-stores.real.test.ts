import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment, AppointmentState } from '../../src/features/appointments/appointment.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { appointmentNoticeBook } from '../../src/features/appointments/appointment-notice-book.js';
import { createOwedNoticeBook } from '../../src/features/owed-notices/owed-notices-feature.js';
import { SlotStoreMongo } from '../../src/features/appointments/slot-store-mongo.js';
import { buildPlan, monday, outcomeOf } from '../support/booking.js';
import { openBooking, type BookingBench } from '../support/open-booking.js';

const now = monday;
let bench: BookingBench;
let secondNode: MongoConnection;
let account: string;
beforeAll(async () => {
  bench = await openBooking();
  secondNode = await connectMongo(bench.uri, silentLogger);
});
afterAll(async () => {
  await secondNode.close();
  await bench.dispose();
});
beforeEach(() => {
  account = randomUUID();
});

const run = <Result>(work: Parameters<typeof bench.transactions.run<Result>>[0]) =>
  bench.transactions.run(work);
const range = { firstDay: '2026-11-01', lastDay: '2026-12-31' };
const plan = (overrides: Parameters<typeof buildPlan>[0] = {}) =>
  buildPlan({ accountId: account, ...overrides });

async function makeSlot(overrides: Parameters<typeof buildPlan>[0] = {}) {
  await bench.slots.plan([plan(overrides)]);
  const [slot] = await bench.slots.list({ accountId: account, ...range });
  return slot!;
}

describe('slots', () => {
  it('are made once, also by two processes at once, and in the order of their beginning', async () => {
    const plans = [5, 3, 4].map((hour) => plan({ startsAt: new Date(monday + hour * 3_600_000) }));
    const other = new SlotStoreMongo(secondNode);
    await Promise.all([
      bench.slots.plan(plans),
      other.plan(plans),
      bench.slots.plan(plans),
      other.plan(plans),
    ]);
    const made = await bench.slots.list({ accountId: account, ...range });
    expect(made.map(({ startsAt }) => startsAt)).toEqual(
      [plans[1], plans[2], plans[0]].map((one) => one!.startsAt),
    );
    expect(new Set(made.map(({ slotId }) => slotId)).size).toBe(3);
    expect(made[0]).toEqual({ ...plans[1], slotId: made[0]!.slotId, taken: 0 });
    expect(await bench.slots.find(account, made[0]!.slotId)).toEqual(made[0]);
    expect(await bench.slots.find('another', made[0]!.slotId)).toBeNull();
  });

  it('are brought up to date and keep what is taken', async () => {
    const { slotId } = await makeSlot();
    await run((tx) => bench.slots.take(tx, account, slotId, now));
    const changed = { capacity: 5, closed: '放假' };
    expect(await makeSlot(changed)).toMatchObject({ ...changed, slotId, taken: 1 });
  });

  it('are listed by service, venue and day', async () => {
    await bench.slots.plan([plan(), plan({ service: 'passport' }), plan({ venue: 'hall-b' })]);
    const list = (filter: object) => bench.slots.list({ accountId: account, ...range, ...filter });
    expect(await list({ service: 'passport' })).toHaveLength(1);
    expect(await list({ venue: 'hall-a' })).toHaveLength(2);
    expect(await list({ lastDay: '2026-11-23' })).toEqual([]);
  });

  it('give a place while they are open, bookable and not full, and no other', async () => {
    const { slotId, bookableFrom, bookableUntil } = await makeSlot();
    const take = (at: number) => run((tx) => bench.slots.take(tx, account, slotId, at));
    expect(await take(bookableFrom.getTime() - 1)).toBe(false);
    expect(await take(bookableUntil.getTime())).toBe(false);
    expect(await run((tx) => bench.slots.take(tx, account, 'gone', now))).toBe(false);
    expect(await take(now)).toBe(true);
    expect(await take(now)).toBe(false);
    await run((tx) => bench.slots.release(tx, account, slotId, 1));
    await expect(run((tx) => bench.slots.release(tx, account, slotId, 1))).rejects.toThrow('no 1 places');
    await run((tx) => bench.slots.close(tx, [{ accountId: account, slotId }], '停电'));
    expect(await take(now)).toBe(false);
    expect(await run((tx) => bench.slots.holdOpen(tx, account, slotId))).toBe(false);
  });

  it('give a place beyond the rules', async () => {
    const { slotId } = await makeSlot();
    await run((tx) => bench.slots.take(tx, account, slotId, now));
    const after = await run((tx) => bench.slots.takeBeyondRules(tx, account, slotId));
    expect(after).toMatchObject({ slotId, taken: 2 });
    expect(await outcomeOf(run((tx) => bench.slots.takeBeyondRules(tx, account, 'gone')))).toBe(
      'no_such_slot',
    );
  });

  it('are removed if nobody ever stood in them, else closed', async () => {
    await bench.slots.plan([plan(), plan({ venue: 'hall-b' })]);
    const [used, unused] = await bench.slots.list({ accountId: account, ...range });
    await run((tx) => bench.slots.take(tx, account, used!.slotId, now));
    await run((tx) => bench.slots.release(tx, account, used!.slotId, 1));
    await bench.slots.withdraw([used!, unused!], '不再办理');
    expect(await bench.slots.list({ accountId: account, ...range })).toEqual([
      { ...used!, closed: '不再办理' },
    ]);
  });

  it('that are closed and not empty are found until they are over', async () => {
    const slot = await makeSlot();
    const list = (at: number) => bench.slots.listClosedTaken(account, at, 10);
    await run((tx) => bench.slots.take(tx, account, slot.slotId, now));
    expect(await list(now)).toEqual([]);
    await run((tx) => bench.slots.close(tx, [slot], '停电'));
    expect(await list(now)).toEqual([{ ...slot, taken: 1, closed: '停电' }]);
    expect(await list(slot.endsAt.getTime())).toEqual([]);
  });
});

describe('appointments', () => {
  const add = (...appointments: Appointment[]) =>
    run(async (tx) => {
      for (const appointment of appointments) await bench.appointments.add(tx, appointment);
    });

  it('are given back as they were put there', async () => {
    const one = build();
    await add(one);
    expect(await bench.appointments.find(account, one.appointmentId)).toEqual(one);
    const after = build({ ...one, state: 'booked', code: '1' });
    await run((tx) => bench.appointments.replace(tx, one, after));
    expect(await run((tx) => bench.appointments.findByCode(tx, account, '1'))).toEqual(after);
    await expect(run((tx) => bench.appointments.replace(tx, one, after))).rejects.toThrow('is not held');
  });

  /** Two transactions that both looked and found nothing: the second runs again and then sees the first. */
  it.each<[string, Partial<Appointment>]>([
    ['one hold per citizen', { state: 'held', openid: 'same' }],
    ['one code', { state: 'booked', code: 'same' }],
    ['one claim', { state: 'booked', personKey: 'same', claim: { period: 'ahead', ordinal: 0 } }],
    ['one instant per person', { state: 'booked', personKey: 'same', busyAt: new Date(now) }],
    ['one wait of a day', { state: 'waiting', personKey: 'same' }],
  ])('have %s, whoever comes at the same time', async (_, same) => {
    let rounds = 0;
    const addUnlessThere = (appointment: Appointment) =>
      run(async (tx) => {
        rounds += 1;
        const [there] = rounds > 2 ? await bench.appointments.listOfDay({ accountId: account, day }) : [];
        if (there) return false;
        await bench.appointments.add(tx, appointment);
        return true;
      });
    const results = await Promise.all([build(same), build(same)].map(addUnlessThere));
    expect(results.sort()).toEqual([false, true]);
    expect(await bench.appointments.listOfDay({ accountId: account, day })).toHaveLength(1);
  });

  it('that came to an end are in nobody’s way', async () => {
    const ended: AppointmentState[] = ['lapsed', 'cancelled', 'closed'];
    await add(...ended.map((state) => build({ state, openid: 'same', personKey: 'same' })));
    await add(build({ openid: 'same' }), build({ state: 'waiting', personKey: 'same' }));
    expect(await bench.appointments.listOfDay({ accountId: account, day })).toHaveLength(5);
  });

  it('whose time is over are found and counted by slot', async () => {
    const over = build({ slotId: 'a', until: new Date(now) });
    const offered = build({ slotId: 'b', state: 'offered', until: new Date(now - 1) });
    await add(
      over,
      offered,
      build({ slotId: 'a', until: new Date(now + 1) }),
      build({ slotId: 'c', state: 'booked' }),
    );
    expect(await bench.appointments.countLapsed(account, ['a', 'b', 'c'], now)).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    expect(await run((tx) => bench.appointments.listLapsed(tx, account, 'a', now))).toEqual([over]);
    const expired = await bench.appointments.listExpired(now, 1_000);
    expect(expired.filter(({ accountId }) => accountId === account)).toEqual([offered, over]);
  });

  it('that wait come in the order of their arrival', async () => {
    const wait = (second: number, overrides: Partial<Appointment> = {}) =>
      build({
        state: 'waiting',
        createdAt: new Date(now + second),
        until: new Date(now + 60_000),
        ...overrides,
      });
    const [third, first, second] = [wait(3), wait(1), wait(2)];
    await add(third, first, second, wait(0, { until: new Date(now) }), wait(0, { venue: 'hall-b' }));
    const wanted = { accountId: account, service: 'id-card', venue: 'hall-a', day };
    expect(await run((tx) => bench.appointments.findFirstWaiting(tx, wanted, now))).toEqual(first);
    expect(await bench.appointments.countBefore(third)).toBe(3);
    expect(await bench.appointments.listWaiting(wanted, 2)).toHaveLength(2);
    expect(await bench.appointments.listWaitingDays(now, 1_000)).toContainEqual(wanted);
    expect(await bench.appointments.findWait(wanted, first.personKey!)).toEqual(first);
  });

  it('are counted by day, service, venue and state', async () => {
    await add(build({ state: 'booked' }), build({ state: 'booked' }), build({ state: 'missed' }));
    const where = { day, service: 'id-card', venue: 'hall-a' };
    expect(await bench.appointments.countByState(account, day, day)).toEqual([
      { ...where, state: 'booked', count: 2 },
      { ...where, state: 'missed', count: 1 },
    ]);
  });

  it('differ from the count of their slot where one of them was tampered with', async () => {
    const slot = await makeSlot();
    expect(await bench.appointments.reconcile(account)).toEqual([]);
    await add(build({ slotId: slot.slotId, state: 'booked' }), build({ slotId: 'gone', state: 'arrived' }));
    await add(build({ slotId: slot.slotId, state: 'cancelled' }));
    const found = await bench.appointments.reconcile(account);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ accountId: account, slotId: slot.slotId, taken: 0, records: 1 });
    expect(found).toContainEqual({ accountId: account, slotId: 'gone', taken: 0, records: 1 });
  });
});

describe('notices', () => {
  it('are owed once for a time, however often they are added', async () => {
    const store = appointmentNoticeBook(createOwedNoticeBook(bench.connection));
    const notice = {
      accountId: account,
      appointmentId: randomUUID(),
      openid: 'o-1',
      kind: 'reminder_day',
      about: new Date(now),
      dueAt: new Date(now),
      until: new Date(now),
    } as const;
    for (const about of [now, now, now + 1])
      await run((tx) => store.add(tx, { ...notice, about: new Date(about) }));
    expect(await bench.notices()).toEqual([
      { openid: 'o-1', kind: 'reminder_day' },
      { openid: 'o-1', kind: 'reminder_day' },
    ]);
  });
});

const day = '2026-11-24';

function build(overrides: Partial<Appointment> = {}): Appointment {
  const at = new Date(now);
  return {
    accountId: account,
    appointmentId: randomUUID(),
    openid: randomUUID(),
    state: 'held',
    service: 'id-card',
    venue: 'hall-a',
    day,
    personKey: randomUUID(),
    movedFrom: [],
    createdAt: at,
    changedAt: at,
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}
