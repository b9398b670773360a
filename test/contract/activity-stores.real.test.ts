import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Transaction } from '../../src/core/transaction-runner.js';
import { DrawStoreMongo } from '../../src/features/activities/draw-store-mongo.js';
import type { DrawRecord } from '../../src/features/activities/draw/draw-store.js';
import { PlaceStoreMongo } from '../../src/features/activities/place-store-mongo.js';
import { RegistrationStoreMongo } from '../../src/features/activities/registration-store-mongo.js';
import { registrationMigrations } from '../../src/features/activities/registrations-feature.js';
import type { Registration } from '../../src/features/activities/registration.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { accountId, buildRegistration, citizen, monday } from '../support/activity-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let transactions: TransactionRunnerMongo;
let places: PlaceStoreMongo;
let registrations: RegistrationStoreMongo;
let draws: DrawStoreMongo;
beforeAll(async () => {
  database = await openTestDatabase(registrationMigrations);
  const { connection } = database;
  transactions = new TransactionRunnerMongo(connection);
  places = new PlaceStoreMongo(connection);
  registrations = new RegistrationStoreMongo(connection);
  draws = new DrawStoreMongo(connection);
});
beforeEach(async () => {
  const collections = await databaseOf(database.connection).collections();
  await Promise.all(collections.map((collection) => collection.deleteMany({})));
});
afterAll(() => database.close());

const key = { accountId, activityId: 'open-day' };
const inTx = <Result>(work: (tx: Transaction) => Promise<Result>) => transactions.run(work);
const add = (...list: Registration[]) =>
  inTx(async (tx) => {
    for (const one of list) await registrations.add(tx, one);
  });
const idsOf = (list: readonly Registration[]) => list.map(({ registrationId }) => registrationId);

describe('places', () => {
  const groups = [
    { id: 'a', quota: 2 },
    { id: 'constructor', quota: 2 },
  ];
  const plan = { ...key, quota: 3, groups, formVersion: 1 };
  const take = (groupId: string, formVersion?: number) =>
    inTx((tx) => places.take(tx, key, groupId, formVersion));

  it('are given while the group and the whole have room, and taken back', async () => {
    await inTx((tx) => places.plan(tx, plan));
    expect([await take('a'), await take('a'), await take('a')]).toEqual([true, true, false]);
    expect([await take('constructor'), await take('constructor'), await take('none')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await places.find(key)).toEqual({
      ...plan,
      isOpen: true,
      taken: 3,
      takenBy: { a: 2, constructor: 1 },
    });
    await inTx((tx) => places.release(tx, key, 'a'));
    expect(await take('constructor')).toBe(true);
    await expect(inTx((tx) => places.release(tx, key, 'none'))).rejects.toThrow('no place of none');
  });

  it('stay taken when quotas become smaller', async () => {
    await inTx((tx) => places.plan(tx, plan));
    await take('a');
    await take('a');
    await inTx((tx) => places.plan(tx, { ...plan, quota: 1, formVersion: 2 }));
    expect(await places.find(key)).toMatchObject({ quota: 1, taken: 2, formVersion: 2 });
    await inTx((tx) => places.release(tx, key, 'a'));
    expect(await take('a')).toBe(false);
  });

  it('go to nobody with another form, and to nobody at all once closed', async () => {
    await inTx((tx) => places.plan(tx, plan));
    const holdOpen = (formVersion?: number) => inTx((tx) => places.holdOpen(tx, key, formVersion));
    expect([await take('a', 2), await take('a', 1), await holdOpen(2), await holdOpen(1)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(await places.listUncleared(10)).toEqual([]);
    await inTx((tx) => places.close(tx, key));
    expect([await take('a'), await holdOpen()]).toEqual([false, false]);
    expect(await places.listUncleared(10)).toEqual([key]);
    await places.markCleared(key);
    expect(await places.listUncleared(10)).toEqual([]);
  });

  it('are never closed in the middle of what relies on them', async () => {
    await inTx((tx) => places.plan(tx, plan));
    let tries = 0;
    const answer = await inTx(async (tx) => {
      tries += 1;
      await places.find(key, tx);
      if (tries === 1) await inTx((other) => places.close(other, key));
      return places.holdOpen(tx, key);
    });
    expect([answer, tries]).toEqual([false, 2]);
  });
});

describe('registrations', () => {
  it('meet where one person stands twice: the second runs again and sees the first', async () => {
    const seen: number[] = [];
    const claim = (nth: number) =>
      inTx(async (tx) => {
        const mine = await registrations.listOfPerson(key, 'one-person', tx);
        seen.push(mine.length);
        if (mine.length > 0) return false;
        await registrations.add(tx, buildRegistration(nth, { personKey: 'one-person' }));
        return true;
      });
    const outcomes = await Promise.all([claim(1), claim(2), claim(3)]);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  it('are one for one request of one citizen', async () => {
    const first = buildRegistration(1);
    await add(first);
    expect(await registrations.findByRequest(citizen(1), first.requestKey)).toEqual(first);
    expect(await registrations.findByRequest(citizen(2), first.requestKey)).toBeNull();
    expect(await registrations.find('other', first.registrationId)).toBeNull();
  });

  it('are put only where what was read still stands', async () => {
    const before = buildRegistration(1);
    await add(before);
    await inTx((tx) => registrations.replace(tx, before, { ...before, state: 'cancelled' }));
    const again = inTx((tx) => registrations.replace(tx, before, { ...before, state: 'closed' }));
    await expect(again).rejects.toThrow('is not confirmed');
  });

  it('wait by rank, then by arrival', async () => {
    const waits = (nth: number, rank: number, ms: number, groupId = 'all') =>
      buildRegistration(nth, { state: 'waiting', rank, groupId, createdAt: new Date(monday + ms) });
    const line = [waits(1, 1, 0), waits(2, 0, 5), waits(3, 0, 4), waits(4, 0, 4), waits(5, 0, 0, 'other')];
    await add(...line);
    const first = await inTx((tx) => registrations.findFirstWaiting(tx, key, ['all']));
    expect(first).toEqual(line[2]);
    expect(await Promise.all(line.map((one) => registrations.countBefore(one)))).toEqual([3, 2, 0, 1, 0]);
    const any = await inTx((tx) => registrations.findFirstWaiting(tx, key, ['all', 'other']));
    expect(any).toEqual(line[4]);
  });

  it('come due, offers and waits alike', async () => {
    const until = new Date(monday);
    const offer = buildRegistration(1, { state: 'offered', until });
    const wait = buildRegistration(2, { state: 'waiting', until: new Date(monday + 1) });
    await add(offer, wait, buildRegistration(3, { state: 'held', until }));
    expect(idsOf(await registrations.listExpired(monday, 10))).toEqual(idsOf([offer]));
    expect(idsOf(await registrations.listExpired(monday + 1, 10))).toEqual(idsOf([offer, wait]));
    expect(await registrations.countLapsedOffers(key, monday - 1)).toBe(0);
    expect(await registrations.countLapsedOffers(key, monday)).toBe(1);
    expect(await inTx((tx) => registrations.listLapsedOffers(tx, key, monday))).toEqual([offer]);
    expect(await registrations.listWaitedFor()).toEqual([key]);
  });

  it('are listed page by page, and counted by group and state', async () => {
    const list = [0, 1, 1, 2].map((ms, nth) =>
      buildRegistration(nth, {
        createdAt: new Date(monday + ms),
        state: nth === 3 ? 'cancelled' : 'confirmed',
        groupId: nth === 0 ? 'b' : 'a',
      }),
    );
    await add(...list);
    const first = await registrations.list(key, 2);
    const next = await registrations.list(key, 2, first.at(-1));
    expect([...first, ...next]).toEqual(list);
    const selection = { ...key, groupId: 'a', states: ['confirmed'] as const };
    expect(idsOf(await registrations.list(selection, 9))).toEqual(idsOf(list.slice(1, 3)));
    expect(await registrations.countByState(key)).toEqual([
      { groupId: 'a', state: 'cancelled', count: 1 },
      { groupId: 'a', state: 'confirmed', count: 2 },
      { groupId: 'b', state: 'confirmed', count: 1 },
    ]);
    expect(idsOf(await registrations.listStanding(key, 9))).toHaveLength(3);
    expect(idsOf(await registrations.listOfCitizen(citizen(1), 9))).toEqual(['registration-1']);
  });

  it('take part in a draw until they are settled', async () => {
    const applied = buildRegistration(1, { state: 'applied', lot: 'a1' });
    await add(
      applied,
      buildRegistration(2, { state: 'cancelled', lot: 'b2' }),
      buildRegistration(3, { state: 'applied', lot: 'c3', isPlaced: true }),
    );
    await inTx(async (tx) => {
      expect(await registrations.hasUndrawn(tx, key)).toBe(true);
      expect(await registrations.findByLot(tx, key, 'a1')).toEqual(applied);
      await registrations.replace(tx, applied, { ...applied, state: 'waiting' });
      expect(await registrations.hasUndrawn(tx, key)).toBe(false);
    });
  });

  it('are compared with the places', async () => {
    const groups = [{ id: 'all', quota: 9 }];
    await inTx(async (tx) => {
      await places.plan(tx, { ...key, quota: 9, groups, formVersion: 1 });
      await places.take(tx, key, 'all');
    });
    expect(await registrations.reconcile()).toEqual([{ ...key, groupId: 'all', taken: 1, records: 0 }]);
    await add(buildRegistration(1, { state: 'applied', isPlaced: true }));
    expect(await registrations.reconcile(accountId)).toEqual([]);
    await add(buildRegistration(2, { state: 'waiting' }), buildRegistration(3, { state: 'arrived' }));
    expect(await registrations.reconcile()).toEqual([{ ...key, groupId: 'all', taken: 1, records: 2 }]);
  });
});

describe('draws', () => {
  const record: DrawRecord = {
    ...key,
    commitment: 'c',
    seed: 's',
    lotsDigest: 'd',
    lots: 2,
    quotas: { total: 1, groups: { a: 1 } },
    pages: 2,
    settledPages: 0,
    isSettled: false,
    drawnAt: new Date(monday),
  };
  const entries = ['x', 'y'].map((lot, nth) => ({ lot, groupId: 'a', position: nth + 1, won: nth === 0 }));
  const pages = entries.map((entry) => [entry]);

  it('are kept once, with every lot', async () => {
    await inTx((tx) => draws.add(tx, record, pages));
    const outcome = inTx(async (tx) => {
      if (await draws.find(key, tx)) return 'found';
      await draws.add(tx, record, pages);
      return 'added';
    });
    expect(await outcome).toBe('found');
    expect(await draws.readAll(key)).toEqual(entries);
    expect(await draws.readPage(key, 1)).toEqual(pages[1]);
    await expect(draws.readPage(key, 2)).rejects.toThrow('no page 2');
  });

  it('are settled page by page, each page once, twice through', async () => {
    await inTx((tx) => draws.add(tx, record, pages));
    for (let settled = 0; settled < 4; settled += 1) {
      const [seen] = await draws.listUnsettled(9);
      expect(seen).toMatchObject({ settledPages: settled, isSettled: false });
      expect(await inTx((tx) => draws.settlePage(tx, seen!))).toBe(true);
      expect(await inTx((tx) => draws.settlePage(tx, seen!))).toBe(false);
    }
    expect(await draws.listUnsettled(9)).toEqual([]);
    expect(await draws.find(key)).toMatchObject({ settledPages: 4, isSettled: true });
  });
});
