import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { Erasure, ErasureStore } from '../../src/features/compliance/erasure-store.js';
import { erasureMigration, ErasureStoreMongo } from '../../src/features/compliance/erasure-store-mongo.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { ErasureStoreFake } from '../support/fakes/erasure-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Office {
  runner: TransactionRunner;
  erasures: ErasureStore;
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([erasureMigration]);
});
afterAll(() => database.close());

const adapters: [string, () => Promise<Office>][] = [
  ['in memory', async () => ({ runner: new TransactionRunnerFake(), erasures: new ErasureStoreFake() })],
  [
    'on MongoDB',
    async () => {
      await databaseOf(database.connection).collection('erasures').deleteMany({});
      return {
        runner: new TransactionRunnerMongo(database.connection),
        erasures: new ErasureStoreMongo(database.connection),
      };
    },
  ],
];

const noon = Date.parse('2026-11-22T04:00:00Z');

describe.each(adapters)('erasures under way %s', (_name, open) => {
  let office: Office;
  beforeEach(async () => {
    office = await open();
  });

  const build = (openid: string, minutes: number): Erasure => ({
    accountId: 'meizhou',
    openid,
    erasureId: randomUUID(),
    requestedAt: new Date(noon + minutes * 60_000),
  });
  const begin = (erasure: Erasure) => office.runner.run((tx) => office.erasures.begin(tx, erasure));
  const end = (erasure: Erasure) => office.runner.run((tx) => office.erasures.end(tx, erasure));
  const listUntil = (minutes: number, limit = 10) =>
    office.erasures.list(new Date(noon + minutes * 60_000), limit);

  it('are listed until they end, the oldest first', async () => {
    const [later, first, tooLate] = [build('b', 2), build('a', 1), build('c', 9)];
    for (const erasure of [later, first, tooLate]) await begin(erasure);
    expect(await listUntil(2)).toEqual([first, later]);
    expect(await listUntil(2, 1)).toEqual([first]);
    expect(await end(first)).toBe(true);
    expect(await listUntil(2)).toEqual([later]);
  });

  it('are one for each citizen, however often it is asked for, and end once', async () => {
    const erasure = build('a', 1);
    expect(await begin(erasure)).toEqual(erasure);
    expect(await begin(build('a', 2))).toEqual(erasure);
    const elsewhere = { ...build('a', 3), accountId: 'elsewhere' };
    expect(await begin(elsewhere)).toEqual(elsewhere);
    expect([await end(erasure), await end(erasure)]).toEqual([true, false]);
    expect(await listUntil(9)).toEqual([elsewhere]);
  });

  it('are forgotten with the transaction that asked for them', async () => {
    const failing = office.runner.run(async (tx) => {
      await office.erasures.begin(tx, build('a', 1));
      throw new Error('an appointment lies ahead');
    });
    await expect(failing).rejects.toThrow('lies ahead');
    expect(await listUntil(9)).toEqual([]);
  });
});
