import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { noticeEngineMigrations } from '../../src/features/notices/engine/notice-stores-feature.js';
import type { Delivery } from '../../src/features/notices/delivery.js';
import { DeliveryStoreMongo } from '../../src/features/notices/delivery-store-mongo.js';
import type { DeliveryStore, RowsOf } from '../../src/features/notices/delivery-store.js';
import { MassRowStoreMongo } from '../../src/features/notices/mass-row-store-mongo.js';
import type { MassRowStore } from '../../src/features/notices/mass-row-store.js';
import { buildDelivery, buildDeliveries, noticeTime } from '../support/delivery-builders.js';
import { DeliveryStoreFake } from '../support/fakes/delivery-store-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(noticeEngineMigrations);
});
afterAll(() => database.close());

const fake = () => {
  const store = new DeliveryStoreFake();
  return { deliveries: store, massRows: store };
};
const inMongo = () => ({
  deliveries: new DeliveryStoreMongo(database.connection),
  massRows: new MassRowStoreMongo(database.connection),
});

describe.each([
  ['in memory', fake],
  ['in MongoDB', inMongo],
])('deliveries %s', (_, open) => {
  let deliveries: DeliveryStore;
  let massRows: MassRowStore;
  let rows: RowsOf;
  beforeEach(() => {
    ({ deliveries, massRows } = open());
    rows = { accountId: 'pingan-meizhou', id: randomUUID(), preparation: 1 };
  });

  const now = noticeTime;
  const later = (ms: number) => new Date(now.getTime() + ms);
  const add = (count: number, overrides: Partial<Delivery> = {}) =>
    deliveries.addMany(buildDeliveries(count, { noticeId: rows.id, ...overrides }));
  const claim = (limit = 100, name = 'c1', at = now) =>
    deliveries.claim(rows, { limit, claim: name, now: at, leaseUntil: new Date(at.getTime() + 60_000) });
  const all = () => deliveries.list(rows, { limit: 100 });
  const states = async () => (await all()).map(({ state }) => state);

  it('are added once, however often, and the last one tells where to go on', async () => {
    await add(3);
    await deliveries.addMany([buildDelivery({ noticeId: rows.id, row: 2, openid: 'other' })]);
    const { dueAt, ...last } = (await deliveries.findLast(rows))!;
    expect(last).toEqual({ ...buildDeliveries(3, { noticeId: rows.id })[2], dueAt: undefined });
    expect(dueAt).toEqual(noticeTime);
  });

  it('of preparations that were given up are removed, and no others', async () => {
    await add(2);
    await add(1, { preparation: 2 });
    await deliveries.removeBefore({ ...rows, preparation: 2 });
    expect(await deliveries.findLast(rows)).toBeNull();
    expect(await deliveries.findLast({ ...rows, preparation: 2 })).not.toBeNull();
  });

  it('are claimed by one worker each, and by another once the lease is over', async () => {
    await add(5);
    expect((await claim(3)).map(({ row }) => row)).toEqual([0, 1, 2]);
    expect((await claim(3, 'c2')).map(({ row }) => row)).toEqual([3, 4]);
    expect(await claim(3, 'c3')).toEqual([]);
    expect(await claim(10, 'c4', later(60_000))).toHaveLength(5);
  });

  it('are not claimed before they are due, nor for a mass message', async () => {
    await add(1, { dueAt: later(1) });
    await deliveries.addMany([buildDelivery({ noticeId: rows.id, row: 1, open: ['mass'], channel: 'mass' })]);
    expect(await claim()).toEqual([]);
  });

  it('change together, each with its own message id', async () => {
    await add(4);
    const claimed = await claim();
    const attempts = claimed.map((delivery) => ({
      delivery,
      state: 'sending' as const,
      channel: 'template' as const,
      at: now,
      leaseUntil: later(9),
      maybeSentAt: now,
    }));
    expect(await deliveries.change(attempts)).toEqual([true, true, true, true]);
    for (const row of await all())
      expect(row).toMatchObject({ state: 'sending', attempts: 1, maybeSentAt: now });
    const outcomes = claimed.map((delivery, index) =>
      index === 3
        ? { delivery, state: 'refused' as const, reason: '$content:47003', at: later(5) }
        : { delivery, state: 'accepted' as const, messageId: `${index}`.repeat(20), at: later(5) },
    );
    expect(await deliveries.change(outcomes)).toEqual([true, true, true, true]);
    const [first, , third, fourth] = await all();
    expect(first).toMatchObject({ state: 'accepted', messageId: '0'.repeat(20), updatedAt: later(5) });
    expect(third).toMatchObject({ state: 'accepted', messageId: '2'.repeat(20) });
    expect(fourth).toMatchObject({ state: 'refused', reason: '$content:47003' });
    for (const row of [first, fourth]) {
      expect(row).not.toHaveProperty('maybeSentAt');
      expect(row).not.toHaveProperty('leaseUntil');
    }
  });

  it('change as often as they are told to, with the same effect', async () => {
    await add(2);
    const changes = (await claim()).map((delivery, index) => ({
      delivery,
      state: 'accepted' as const,
      at: now,
      messageId: `m${index}`,
    }));
    await deliveries.change(changes);
    expect(await deliveries.change(changes)).toEqual([true, true]);
  });

  it('do not change for whoever has lost the claim', async () => {
    await add(3);
    const [first, ...others] = await claim();
    await claim(1, 'c2', later(60_000));
    const change = { state: 'accepted' as const, at: later(60_001) };
    expect(await deliveries.change([first!, ...others].map((delivery) => ({ ...change, delivery })))).toEqual(
      [false, true, true],
    );
    expect(await states()).toEqual(['waiting', 'accepted', 'accepted']);
  });

  it('of dead workers wait again where the platform knows a repeat, and are unknown elsewhere', async () => {
    await add(4);
    const claimed = await claim();
    const begin = { state: 'sending' as const, at: now, leaseUntil: later(100) };
    const old = { ...claimed[1]!, maybeSentAt: later(-600_000) };
    await deliveries.change([
      { ...begin, delivery: claimed[0]!, channel: 'template', maybeSentAt: now },
      { ...begin, delivery: old, channel: 'template', maybeSentAt: old.maybeSentAt },
      { ...begin, delivery: claimed[2]!, channel: 'customer_service' },
    ]);
    const outcome = await deliveries.abandonExpired(rows, later(100), later(-540_000));
    expect(outcome).toEqual({ again: 1, unknown: 2 });
    expect(await states()).toEqual(['waiting', 'unknown', 'unknown', 'waiting']);
    expect((await all())[0]).toMatchObject({ maybeSentAt: now, reason: 'worker_lost', dueAt: later(100) });
  });

  it('take an outcome that comes late from the worker that was given up', async () => {
    await add(1);
    const [delivery] = await claim();
    await deliveries.change([
      { delivery: delivery!, state: 'sending', channel: 'customer_service', at: now, leaseUntil: now },
    ]);
    await deliveries.abandonExpired(rows, now, now);
    expect(await deliveries.change([{ delivery: delivery!, state: 'accepted', at: now }])).toEqual([true]);
  });

  it('that wait are cancelled, and are sent by nobody who had claimed them', async () => {
    await add(3);
    const [first, second] = await claim(2);
    await deliveries.change([{ delivery: first!, state: 'sending', at: now, leaseUntil: later(9) }]);
    expect(await deliveries.cancelWaiting(rows, now)).toBe(2);
    expect(await states()).toEqual(['sending', 'cancelled', 'cancelled']);
    expect(await deliveries.change([{ delivery: second!, state: 'sending', at: now }])).toEqual([false]);
    expect(await deliveries.hasUnfinished(rows)).toBe(true);
    await deliveries.change([{ delivery: first!, state: 'accepted', at: now }]);
    expect(await deliveries.hasUnfinished(rows)).toBe(false);
  });

  it('in doubt are unknown when they are cancelled, and wait again when a person says so', async () => {
    await add(1, { maybeSentAt: now });
    await deliveries.cancelWaiting(rows, now);
    expect(await states()).toEqual(['unknown']);
    expect(await deliveries.repeatUnknown(rows, later(5))).toBe(1);
    const [row] = await all();
    expect(row).toMatchObject({ state: 'waiting', dueAt: later(5) });
    expect(row).not.toHaveProperty('maybeSentAt');
  });

  it('are counted by state, channel and reason, listed and streamed in order', async () => {
    await add(3);
    await deliveries.addMany([
      buildDelivery({ noticeId: rows.id, row: 3, state: 'skipped', open: [], reason: 'no_window' }),
    ]);
    await deliveries.change((await claim(1)).map((delivery) => ({ delivery, state: 'accepted', at: now })));
    const counts = await deliveries.count(rows);
    expect(counts).toHaveLength(3);
    expect(counts).toEqual(
      expect.arrayContaining([
        { state: 'waiting', channel: 'template', reason: null, count: 2 },
        { state: 'accepted', channel: 'template', reason: null, count: 1 },
        { state: 'skipped', channel: 'template', reason: 'no_window', count: 1 },
      ]),
    );
    const found = await deliveries.list(rows, { after: 0, limit: 1, state: 'waiting' });
    expect(found.map(({ row }) => row)).toEqual([1]);
    const streamed: number[] = [];
    for await (const { row } of deliveries.stream(rows)) streamed.push(row);
    expect(streamed).toEqual([0, 1, 2, 3]);
  });

  describe('that wait for a mass message', () => {
    beforeEach(() => add(4, { open: ['mass', 'template'], channel: 'mass' }));

    it('are listed, pass on to their next channel, and are refused after the last one', async () => {
      expect(await massRows.listWaiting(rows, now)).toHaveLength(4);
      await massRows.passOn(rows, [1, 2], 'mass_quota', now);
      const [, second] = await all();
      expect(second).toMatchObject({
        state: 'waiting',
        channel: 'template',
        open: ['template'],
        passed: [{ channel: 'mass', reason: 'mass_quota' }],
      });
      expect((await claim()).map(({ row }) => row)).toEqual([1, 2]);
      expect(await massRows.isPersonalOver(rows)).toBe(false);
    });

    it('are refused when nothing else is open', async () => {
      await deliveries.addMany([
        buildDelivery({ noticeId: rows.id, row: 4, open: ['mass'], channel: 'mass' }),
      ]);
      await massRows.passOn(rows, [4], 'mass_single', now);
      expect((await all())[4]).toMatchObject({ state: 'refused', reason: 'mass_single', open: [] });
      expect(await massRows.isPersonalOver(rows)).toBe(true);
    });

    it('say what became of their call, even where they were cancelled meanwhile', async () => {
      await massRows.settle(rows, [0], { state: 'unknown', call: 0, reason: 'platform_timeout' }, now);
      await deliveries.cancelWaiting(rows, now);
      await massRows.settle(rows, [1, 2], { state: 'accepted', call: 1 }, now);
      expect(await states()).toEqual(['unknown', 'accepted', 'accepted', 'cancelled']);
      await massRows.settle(rows, [1], { state: 'failed', reason: 'mass:err(10001)' }, now);
      expect((await all())[1]).toMatchObject({ state: 'failed', call: 1, reason: 'mass:err(10001)' });
    });

    it('are rehearsed in training', async () => {
      expect(await massRows.rehearse(rows, now)).toBe(4);
      expect(await deliveries.hasUnfinished(rows)).toBe(false);
    });
  });
});
