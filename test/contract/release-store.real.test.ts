import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { MongoReleaseStore, releaseMigration } from '../../src/features/content/release-store-mongo.js';
import type { AppendCondition, NewRelease, ReleaseStore } from '../../src/features/content/release-store.js';
import { silentLogger } from '../../src/observability/logger.js';
import { migrate } from '../../src/storage/migrations.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { ReleaseStoreFake } from '../support/fakes/release-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { testDatabaseUri } from '../support/test-database.js';

const uri = testDatabaseUri('releases');
let connection: MongoConnection;

beforeAll(async () => {
  connection = await connectMongo(uri, silentLogger);
  await migrate(connection, [releaseMigration]);
});

afterAll(() => connection.close());

let accounts = 0;

/** Every test has an account of its own. */
function newAccount(): string {
  accounts += 1;
  return `account-${accounts}`;
}

function newRelease(accountId: string, name = '甲'): NewRelease {
  const publishedAt = new Date('2026-11-22T08:00:00Z');
  const publishedBy = { staffId: 'li', name: '李' };
  const origin = { kind: 'review', submission: 3 } as const;
  return { accountId, hash: `hash of ${name}`, origin, publishedAt, publishedBy, note: name };
}

/** A store that appends in a transaction of its own. */
class Appending {
  constructor(
    readonly store: ReleaseStore,
    readonly transactions: TransactionRunner,
  ) {}

  append(release: NewRelease, condition: AppendCondition) {
    return this.transactions.run((tx) => this.store.append(tx, release, condition));
  }
}

function onMongo(on: MongoConnection): Appending {
  return new Appending(new MongoReleaseStore(on), new TransactionRunnerMongo(on));
}

const stores: [string, () => Appending][] = [
  ['in memory', () => new Appending(new ReleaseStoreFake(), new TransactionRunnerFake())],
  ['on MongoDB', () => onMongo(connection)],
];

describe.each(stores)('a release store %s', (_name, makeStore) => {
  it('numbers releases from 1 and points at the newest', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    const first = newRelease(accountId, '甲');
    const second = newRelease(accountId, '乙');

    expect((await runner.append(first, 'changed')).live.number).toBe(1);
    expect(await runner.append(second, 'changed')).toEqual({
      appended: true,
      live: { accountId, number: 2, hash: second.hash, updatedAt: second.publishedAt },
    });
    expect(await store.findLive(accountId)).toMatchObject({ number: 2, hash: second.hash });
    expect(await store.find(accountId, 1)).toEqual({ ...first, number: 1 });
  });

  it('adds nothing when the content is what is live', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    await runner.append(newRelease(accountId), 'changed');

    expect(await runner.append(newRelease(accountId), 'changed')).toMatchObject({
      appended: false,
      live: { number: 1 },
    });
    expect(await store.find(accountId, 2)).toBeNull();
  });

  it('publishes older content again under a new number', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    for (const name of ['甲', '乙', '甲']) await runner.append(newRelease(accountId, name), 'changed');

    expect(await store.findLive(accountId)).toMatchObject({
      number: 3,
      hash: newRelease(accountId, '甲').hash,
    });
  });

  it('gives every release of one moment its own number, and the highest is live', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    const names = ['甲', '乙', '丙', '丁', '戊', '己'];
    const outcomes = await Promise.all(
      names.map((name) => runner.append(newRelease(accountId, name), 'changed')),
    );

    expect(outcomes.map(({ live }) => live.number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const live = await store.findLive(accountId);
    expect(live?.number).toBe(6);
    expect((await store.find(accountId, 6))?.hash).toBe(live?.hash);
  });

  it('lets one of several first releases be the first', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    const outcomes = await Promise.all(
      ['甲', '乙', '丙'].map((name) => runner.append(newRelease(accountId, name), 'first')),
    );

    expect(outcomes.filter(({ appended }) => appended)).toHaveLength(1);
    expect(await store.findLive(accountId)).toMatchObject({ number: 1 });
    expect(await store.find(accountId, 2)).toBeNull();
  });

  it('lists releases, the newest first, page by page', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    for (const name of ['甲', '乙', '丙']) await runner.append(newRelease(accountId, name), 'changed');

    expect((await store.list(accountId, 2)).map(({ number, note }) => [number, note])).toEqual([
      [3, '丙'],
      [2, '乙'],
    ]);
    expect((await store.list(accountId, 2, 2)).map(({ number }) => number)).toEqual([1]);
  });

  it('keeps accounts apart', async () => {
    const runner = makeStore();
    const { store } = runner;
    const [one, other] = [newAccount(), newAccount()];
    await runner.append(newRelease(one), 'changed');

    expect(await store.findLive(other)).toBeNull();
    expect(await store.find(other, 1)).toBeNull();
    expect((await store.listLive()).filter(({ accountId }) => accountId === one)).toHaveLength(1);
  });

  it('reports a change made after the watch was placed', async () => {
    const runner = makeStore();
    const { store } = runner;
    const accountId = newAccount();
    let report = () => {};
    const reported = new Promise<string>((resolve) => (report = () => resolve('reported')));
    const watch = await store.watchLive(report);
    await runner.append(newRelease(accountId), 'changed');

    expect(await reported).toBe('reported');
    await watch.close();
  });

  it('tells when a watch has ended', async () => {
    const watch = await makeStore().store.watchLive(() => undefined);
    await watch.close();

    await expect(watch.lost).resolves.toBeDefined();
  });
});

describe('a release store on MongoDB', () => {
  it('refuses a second release under a number that is taken', async () => {
    const accountId = newAccount();
    await onMongo(connection).append(newRelease(accountId), 'changed');
    const insert = connection.collection('releases').insertOne({ accountId, number: 1 });

    await expect(insert).rejects.toMatchObject({ code: 11000 });
  });

  it('agrees on numbers between two nodes that publish at the same moment', async () => {
    const accountId = newAccount();
    const elsewhere = await connectMongo(uri, silentLogger);
    const outcomes = await Promise.all([
      onMongo(connection).append(newRelease(accountId, '甲'), 'changed'),
      onMongo(elsewhere).append(newRelease(accountId, '乙'), 'changed'),
    ]);
    await elsewhere.close();

    expect(outcomes.map(({ live }) => live.number).sort()).toEqual([1, 2]);
    const highest = outcomes.find(({ live }) => live.number === 2);
    expect(await new MongoReleaseStore(connection).findLive(accountId)).toMatchObject({
      number: 2,
      hash: highest?.live.hash,
    });
  });
});
