import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ConsentChange, ConsentUse } from '../../../../src/features/notices/consent-ledger.js';
import { ConsentStoreMongo } from '../../../../src/features/notices/consent-store-mongo.js';
import { noticeEngineMigrations } from '../../../../src/features/notices/engine/notice-stores-feature.js';
import { noticeTime } from '../../../support/delivery-builders.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-database.js';

let database: TestDatabase;
let ledger: ConsentStoreMongo;
let accountId: string;
beforeAll(async () => {
  database = await openTestDatabase(noticeEngineMigrations);
  ledger = new ConsentStoreMongo(database.connection);
});
afterAll(() => database.close());
beforeEach(() => {
  accountId = randomUUID();
});

const about = () => ({ accountId, templateId: 'tpl' });
const told = (change: ConsentChange, key: string, openid = 'o1') => ({
  ...about(),
  openid,
  change,
  key,
  at: noticeTime,
});
const use = (delivery: string, isLongTerm = false): ConsentUse => ({
  ...about(),
  openid: 'o1',
  delivery,
  isLongTerm,
});
const isFree = async (isLongTerm = false) =>
  (await ledger.listFree({ ...about(), isLongTerm }, ['o1'])).has('o1');

describe('the ledger of consents', () => {
  it('counts each event once, also when the platform sends it again and several come together', async () => {
    const events = [told('accepted', 'e1'), told('accepted', 'e2'), told('accepted', 'e1', 'o2')];
    await ledger.record(events);
    await ledger.record([told('accepted', 'e2'), told('accepted', 'e1'), ...events]);
    expect(await ledger.take([use('d1'), use('d2'), use('d3')])).toEqual([true, true, false]);
  });

  it('lets as many deliveries through as there are consents, whoever asks at the same time', async () => {
    await ledger.record(['a', 'b', 'c'].map((key) => told('accepted', key)));
    const other = new ConsentStoreMongo(database.connection);
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => (nth % 2 ? ledger : other).take([use(`d${nth}`)])),
    );
    expect(taken.flat().filter(Boolean)).toHaveLength(3);
  });

  it('keeps what a delivery has taken for it, and takes it back where nothing was sent', async () => {
    await ledger.record([told('accepted', 'e1')]);
    expect(await ledger.take([use('d1')])).toEqual([true]);
    expect(await ledger.take([use('d1')])).toEqual([true]);
    expect(await ledger.take([use('d2')])).toEqual([false]);
    await ledger.settle([{ use: use('d1'), as: 'given_back' }]);
    await ledger.settle([{ use: use('d1'), as: 'given_back' }]);
    expect(await ledger.take([use('d2'), use('d3')])).toEqual([true, false]);
    await ledger.settle([{ use: use('d2'), as: 'used' }]);
    expect(await isFree()).toBe(false);
  });

  it('holds a long-term consent until it is taken back, and again once it is allowed', async () => {
    await ledger.record([told('accepted', 'e1')]);
    expect(await ledger.take([use('d1', true), use('d2', true)])).toEqual([true, true]);
    await ledger.record([told('refused', 'e2')]);
    expect(await isFree(true)).toBe(false);
    expect(await isFree()).toBe(false);
    await ledger.record([told('allowed', 'e3')]);
    expect(await isFree(true)).toBe(true);
    expect(await isFree()).toBe(false);
  });

  it('has none where the platform knows of none', async () => {
    await ledger.record([told('accepted', 'e1'), told('accepted', 'e2')]);
    await ledger.take([use('d1')]);
    await ledger.settle([{ use: use('d1'), as: 'void' }]);
    expect(await ledger.take([use('d2')])).toEqual([false]);
  });
});
