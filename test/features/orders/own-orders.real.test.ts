import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { orderRetention, ownOrders } from '../../../src/features/orders/order-personal-data-feature.js';
import type { Order } from '../../../src/features/orders/order.js';
import { orderMigration, OrderStoreMongo } from '../../../src/features/orders/order-store-mongo.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import { accountId, buildOrder, day, noon, openid } from '../../support/order-builders.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([orderMigration]);
});
afterAll(() => database.close());
beforeEach(async () => {
  await databaseOf(database.connection).collection('orders').deleteMany({});
});

const citizen = { accountId, openid };

async function add(overrides: Partial<Order>): Promise<Order> {
  const order = buildOrder(overrides);
  const store = new OrderStoreMongo(database.connection);
  await new TransactionRunnerMongo(database.connection).run((tx) => store.add(tx, order));
  return order;
}

const paidAt = (at: Date): Partial<Order> => ({ state: 'paid', receivedFen: 3_000, paidAt: at });
const closedAt = (at: Date): Partial<Order> => ({ state: 'closed', closedAt: at });

async function idsLeft(): Promise<string[]> {
  const found = await databaseOf(database.connection).collection('orders').find().toArray();
  return found.map(({ orderId }) => String(orderId)).toSorted();
}

describe('a citizen’s own orders', () => {
  it('are copied with what was paid and what went back', async () => {
    const refund = {
      refundNo: 'R1',
      amountFen: 500,
      reason: '改期',
      state: 'succeeded',
      requestedBy: { staffId: 'li', name: '小李' },
      requestedAt: new Date(noon),
      settledAt: new Date(noon),
    } as const;
    const order = await add({ ...paidAt(new Date(noon)), promisedFen: 500, refunds: [refund] });
    await add({ openid: 'oOther' });
    const copied: object[] = [];
    for await (const record of ownOrders(database).copy(citizen)) copied.push(record);
    expect(copied).toMatchObject([
      {
        orderNo: order.orderNo,
        amountFen: 3_000,
        receivedFen: 3_000,
        paidAt: new Date(noon).toISOString(),
        refunds: [{ amountFen: 500, reason: '改期' }],
      },
    ]);
    // Who of the staff it was is no data of the citizen's.
    expect(JSON.stringify(copied)).not.toContain('小李');
  });

  it('go when they ask for it where nobody paid, and stay as vouchers where money came, which is said', async () => {
    const paid = await add(paidAt(new Date(noon)));
    const open = await add({});
    await add(closedAt(new Date(noon)));
    const other = await add({ ...closedAt(new Date(noon)), openid: 'oOther' });
    const erased = await new TransactionRunnerMongo(database.connection).run((tx) =>
      ownOrders(database).erase!(tx, citizen),
    );
    expect(erased).toMatchObject({ deleted: 1, anonymised: 0 });
    expect(erased.kept).toEqual([expect.stringContaining('《会计档案管理办法》从会计年度终了起保存 30 年')]);
    expect(await idsLeft()).toEqual([paid.orderId, open.orderId, other.orderId].toSorted());
  });
});

describe('orders whose time is over', () => {
  it('go a year after they were closed unpaid, and thirty years after the end of the year of their payment', async () => {
    const now = Date.parse('2056-12-31T15:59:59Z');
    await add(closedAt(new Date(now - 365 * day)));
    const closed = await add(closedAt(new Date(now - 365 * day + 1)));
    await add(paidAt(new Date('2025-12-31T15:59:59Z')));
    const paid = await add(paidAt(new Date('2025-12-31T16:00:00Z')));
    const noted: object[] = [];
    const purge = async (at: number) => {
      const [kind] = orderRetention(database.connection);
      return kind!.purge({ now: at, note: async (counts) => void noted.push(counts) });
    };
    expect(await purge(now)).toMatchObject({ held: 2, overdue: 0 });
    expect(noted).toEqual([{ unpaid: 1 }, { paid: 1 }]);
    expect(await idsLeft()).toEqual([closed.orderId, paid.orderId].toSorted());
    // The next year begins.
    await purge(now + 1_000);
    expect(await idsLeft()).toEqual([]);
  });
});
