import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { Order, Refund } from '../../src/features/orders/order.js';
import type { OrderStore } from '../../src/features/orders/order-store.js';
import { orderMigration, OrderStoreMongo } from '../../src/features/orders/order-store-mongo.js';
import type { Reconciliation } from '../../src/features/orders/reconciliation.js';
import {
  reconciliationMigration,
  ReconciliationStoreMongo,
} from '../../src/features/orders/reconciliation-store-mongo.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { OrderStoreFake } from '../support/fakes/order-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { accountId, buildOrder, minute, noon } from '../support/order-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Office {
  runner: TransactionRunner;
  orders: OrderStore;
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([orderMigration, reconciliationMigration]);
});
afterAll(() => database.close());

const adapters: [string, () => Promise<Office>][] = [
  ['in memory', async () => ({ runner: new TransactionRunnerFake(), orders: new OrderStoreFake() })],
  [
    'on MongoDB',
    async () => {
      await databaseOf(database.connection).collection('orders').deleteMany({});
      return {
        runner: new TransactionRunnerMongo(database.connection),
        orders: new OrderStoreMongo(database.connection),
      };
    },
  ],
];

function buildRefund(overrides: Partial<Refund> = {}): Refund {
  return {
    refundNo: 'R1',
    amountFen: 1_000,
    reason: '退款',
    state: 'requested',
    requestedBy: { staffId: 'teacher', name: '老师' },
    requestedAt: new Date(noon),
    ...overrides,
  };
}

describe.each(adapters)('orders %s', (_name, open) => {
  let office: Office;
  beforeEach(async () => {
    office = await open();
  });

  async function add(overrides: Partial<Order> = {}): Promise<Order> {
    const order = buildOrder(overrides);
    await office.runner.run((tx) => office.orders.add(tx, order));
    return order;
  }
  const addPaid = (overrides: Partial<Order> = {}) =>
    add({ state: 'paid', receivedFen: 3_000, paidAt: new Date(noon), ...overrides });
  const reserve = (order: Order, refund: Refund, checkAt?: Date) =>
    office.runner.run((tx) => office.orders.reserveRefund(tx, order, refund, checkAt));
  const idsOf = (orders: readonly Order[]) => orders.map(({ orderId }) => orderId);

  it('are found by id and by number, in their account only', async () => {
    const order = await add();
    expect(await office.orders.find(accountId, order.orderId)).toEqual(order);
    expect(await office.orders.findByNo(accountId, order.orderNo)).toEqual(order);
    expect(await office.orders.find('other', order.orderId)).toBeNull();
    expect(await office.orders.findByNo('other', order.orderNo)).toBeNull();
    expect(await office.orders.listByNos(accountId, [order.orderNo, 'unknown'])).toEqual([order]);
  });

  it('are changed from what was read, and keep what a failed transaction wrote to themselves', async () => {
    const order = await add();
    const closing: Order = { ...order, state: 'closing' };
    await office.runner.run((tx) => office.orders.replace(tx, order, closing));
    expect(await office.orders.find(accountId, order.orderId)).toEqual(closing);
    await expect(office.runner.run((tx) => office.orders.replace(tx, order, closing))).rejects.toThrow(
      'not as it was read',
    );
    const failing = office.runner.run(async (tx) => {
      await office.orders.replace(tx, closing, { ...closing, state: 'closed' });
      throw new Error('the subject fails');
    });
    await expect(failing).rejects.toThrow('the subject fails');
    expect(await office.orders.find(accountId, order.orderId)).toEqual(closing);
  });

  it('give back what was received and not a fen more', async () => {
    const order = await addPaid();
    expect(await reserve(order, buildRefund({ amountFen: 2_999 }))).toMatchObject({ promisedFen: 2_999 });
    expect(await reserve(order, buildRefund({ refundNo: 'R2', amountFen: 2 }))).toBeNull();
    const full = await reserve(order, buildRefund({ refundNo: 'R3', amountFen: 1 }));
    expect(full).toMatchObject({ promisedFen: 3_000, refunds: [{ refundNo: 'R1' }, { refundNo: 'R3' }] });
    expect(await office.orders.find(accountId, order.orderId)).toEqual(full);
    expect(await reserve({ ...order, orderId: 'unknown' }, buildRefund())).toBeNull();
  });

  it('take a refund’s number once, and fifty of them', async () => {
    const order = await addPaid();
    expect(await reserve(order, buildRefund({ amountFen: 1 }))).not.toBeNull();
    expect(await reserve(order, buildRefund({ amountFen: 1 }))).toBeNull();
    const refunds = Array.from({ length: 50 }, (_, at) => buildRefund({ refundNo: `N${at}`, amountFen: 1 }));
    const full = await addPaid({ refunds, promisedFen: 50 });
    expect(await reserve(full, buildRefund({ refundNo: 'N50', amountFen: 1 }))).toBeNull();
  });

  it('are due at the earlier of two times once a refund is reserved', async () => {
    const later = new Date(noon + minute);
    const { checkAt: _none, ...idle } = buildOrder({ state: 'paid', receivedFen: 3_000 });
    await office.runner.run((tx) => office.orders.add(tx, idle));
    expect(await reserve(idle, buildRefund({ amountFen: 1 }))).not.toHaveProperty('checkAt');
    expect(await reserve(idle, buildRefund({ refundNo: 'R2', amountFen: 1 }), later)).toMatchObject({
      checkAt: later,
    });
    const sooner = new Date(noon);
    const order = await addPaid({ checkAt: later });
    expect(await reserve(order, buildRefund({ refundNo: 'R3' }), sooner)).toMatchObject({ checkAt: sooner });
  });

  it('are listed when they are due, the longest due first', async () => {
    const dueAt = (minutes: number) => ({ checkAt: new Date(noon + minutes * minute) });
    const [second, first] = [await add(dueAt(2)), await add({ ...dueAt(1), state: 'closing' })];
    await add(dueAt(9));
    await add({ ...dueAt(1), state: 'closed' });
    const paid = await addPaid(dueAt(1));
    const now = noon + 2 * minute;
    expect(idsOf(await office.orders.listUnsettled(now, 9))).toEqual(idsOf([first, second]));
    expect(idsOf(await office.orders.listUnsettled(now, 1))).toEqual(idsOf([first]));
    expect(idsOf(await office.orders.listRefunding(now, 9))).toEqual(idsOf([paid]));
  });

  it('are listed by when they were paid, and by when a refund was sent', async () => {
    const period = { from: new Date(noon), to: new Date(noon + minute) };
    const paid = await addPaid();
    await addPaid({ paidAt: new Date(noon + minute) });
    const sent = await addPaid({
      paidAt: new Date(0),
      refunds: [buildRefund({ sentAt: new Date(noon) })],
    });
    await addPaid({
      paidAt: new Date(0),
      // One before and one after: neither is within.
      refunds: [
        buildRefund({ refundNo: 'R8', sentAt: new Date(noon - 1) }),
        buildRefund({ refundNo: 'R9', sentAt: new Date(noon + minute) }),
      ],
    });
    expect(idsOf(await office.orders.listPaid(accountId, period))).toEqual(idsOf([paid]));
    expect(idsOf(await office.orders.listRefundSent(accountId, period))).toEqual(idsOf([sent]));
    expect(await office.orders.listPaid('other', period)).toEqual([]);
  });

  it('are listed for staff, the latest first, and where a refund waits for a second person', async () => {
    const at = (minutes: number) => ({ createdAt: new Date(noon + minutes * minute) });
    const first = await addPaid({
      ...at(1),
      transactionId: 't-1',
      refunds: [buildRefund({ state: 'proposed' })],
    });
    const second = await add({
      ...at(2),
      openid: 'oOther',
      subject: { kind: 'registration', id: 'r-2' },
    });
    expect(idsOf(await office.orders.list({ accountId }, 9))).toEqual(idsOf([second, first]));
    expect(idsOf(await office.orders.list({ accountId }, 9, second))).toEqual(idsOf([first]));
    expect(idsOf(await office.orders.list({ accountId, state: 'open' }, 9))).toEqual(idsOf([second]));
    expect(idsOf(await office.orders.list({ accountId, openid: 'oOther' }, 9))).toEqual(idsOf([second]));
    for (const number of [first.orderNo, 't-1', 'R1'])
      expect(idsOf(await office.orders.list({ accountId, number }, 9))).toEqual(idsOf([first]));
    const placed = { from: first.createdAt, to: second.createdAt };
    expect(idsOf(await office.orders.list({ accountId, placed }, 9))).toEqual(idsOf([first]));
    expect(idsOf(await office.orders.list({ accountId, subjectId: 'r-2' }, 9))).toEqual(idsOf([second]));
    expect(idsOf(await office.orders.listByRefundState(accountId, ['proposed'], 9))).toEqual(idsOf([first]));
    expect(await office.orders.listByRefundState(accountId, ['failed', 'abnormal'], 9)).toEqual([]);
  });
});

describe('orders on MongoDB', () => {
  it('share neither a number nor a transaction nor a refund’s number', async () => {
    const runner = new TransactionRunnerMongo(database.connection);
    const orders = databaseOf(database.connection).collection('orders');
    await orders.deleteMany({});
    const order = buildOrder({ transactionId: 't-1', refunds: [buildRefund()] });
    await runner.run((tx) => new OrderStoreMongo(database.connection).add(tx, order));
    for (const twin of [
      { orderNo: order.orderNo },
      { transactionId: 't-1' },
      { refunds: [buildRefund()] },
      { orderId: order.orderId },
    ])
      await expect(orders.insertOne({ ...buildOrder(), ...twin })).rejects.toMatchObject({ code: 11000 });
    await orders.insertMany([buildOrder(), buildOrder()].map((one) => ({ ...one })));
  });
});

describe('reconciliations on MongoDB', () => {
  it('are one for each day, the latest first', async () => {
    const store = new ReconciliationStoreMongo(database.connection);
    const build = (day: string, differenceCount = 0): Reconciliation => ({
      accountId,
      day,
      checkedAt: new Date(noon),
      payments: { count: 0, sumFen: 0 },
      refunds: { count: 0, sumFen: 0 },
      differences: [],
      differenceCount,
    });
    for (const one of [build('2026-11-21', 3), build('2026-11-22'), build('2026-11-21')])
      await new TransactionRunnerMongo(database.connection).run((tx) => store.save(tx, one));
    expect(await store.find(accountId, '2026-11-21')).toEqual(build('2026-11-21'));
    expect(await store.find('other', '2026-11-21')).toBeNull();
    expect(await store.list(accountId, 9)).toEqual([build('2026-11-22'), build('2026-11-21')]);
  });
});
