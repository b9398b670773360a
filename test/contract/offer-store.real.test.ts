import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { offerMigration, OfferStoreMongo } from '../../src/features/appointments/offer-store-mongo.js';
import type { OfferItem } from '../../src/features/appointments/offer/offer-item.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildService } from '../features/appointments/offer/builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let store: OfferStoreMongo;
let transactions: TransactionRunnerMongo;
beforeAll(async () => {
  database = await openTestDatabase([offerMigration]);
  store = new OfferStoreMongo(database.connection);
  transactions = new TransactionRunnerMongo(database.connection);
});
afterAll(() => database.close());

function buildItem(overrides: Partial<OfferItem<'service'>> = {}): OfferItem<'service'> {
  return {
    accountId: 'demo',
    kind: 'service',
    id: 'id-card',
    value: buildService(),
    version: 1,
    position: 0,
    updatedAt: new Date('2026-11-22T01:00:00Z'),
    updatedBy: { staffId: 'li', name: '小李' },
    ...overrides,
  };
}

const put = (item: OfferItem) => transactions.run((tx) => store.put(tx, item));

describe('the store of the offer', () => {
  it('keeps an item by account, kind and id, and gives it back as it was', async () => {
    const item = buildItem({ accountId: 'kept' });
    await put(item);
    expect(await store.find('kept', 'service', 'id-card')).toEqual(item);
    expect(await store.find('kept', 'venue', 'id-card')).toBeNull();
    expect(await store.find('other', 'service', 'id-card')).toBeNull();
  });

  it('replaces and removes only the version that was read', async () => {
    const item = buildItem({ accountId: 'versions' });
    await put(item);
    await put({ ...item, version: 2 });
    await expect(put({ ...item, version: 2 })).rejects.toThrow('is not at version 1');
    const remove = () => transactions.run((tx) => store.remove(tx, item));
    await expect(remove()).rejects.toThrow('is not at version 1');
    await transactions.run((tx) => store.remove(tx, { ...item, version: 2 }));
    expect(await store.list('versions', 'service')).toEqual([]);
  });

  it('lists by the position that staff gave', async () => {
    const ids = ['a', 'b', 'c'];
    for (const [position, id] of ids.entries()) await put(buildItem({ accountId: 'order', id, position }));
    await transactions.run((tx) => store.arrange(tx, 'order', 'service', ['c', 'a', 'b']));
    expect((await store.list('order', 'service')).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('counts the changes, however many come at once, and who relies on a count meets those who change', async () => {
    const advance = () => transactions.run((tx) => store.advance(tx, 'counted'));
    expect(await store.findRevision('counted')).toBe(0);
    await Promise.all([advance(), advance(), advance()]);
    expect(await store.findRevision('counted')).toBe(3);
    const relyOn = (revision: number) => transactions.run((tx) => store.relyOn(tx, 'counted', revision));
    expect(await relyOn(3)).toBe(true);
    expect(await relyOn(2)).toBe(false);
    await expect(
      transactions.run(async (tx) => {
        await store.advance(tx, 'counted');
        throw new Error('changed their mind');
      }),
    ).rejects.toThrow();
    expect(await relyOn(3)).toBe(true);
  });
});
