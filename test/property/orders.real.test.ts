import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { OrderDesk } from '../../src/features/orders/order-desk.js';
import { OrderSubjects, secureOrderDraws } from '../../src/features/orders/order-parts.js';
import { orderMigration, OrderStoreMongo } from '../../src/features/orders/order-store-mongo.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { PaymentGatewayFake } from '../support/fakes/payment-gateway-fake.js';
import { accountId, minute, noon, openid, staff, SubjectFake } from '../support/order-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let second: MongoConnection;
beforeAll(async () => {
  database = await openTestDatabase([...auditMigrations, orderMigration]);
  second = await connectMongo(database.uri, silentLogger);
});
afterAll(async () => {
  await second.close();
  await database.close();
});

const time = { now: noon };
const clock = { now: () => time.now };
let gateway: PaymentGatewayFake;
let desks: [OrderDesk, OrderDesk];
beforeEach(() => {
  time.now = noon;
  gateway = new PaymentGatewayFake();
  desks = [openDesk(database.connection), openDesk(second)];
});

/** What one node has: a connection and a line of its own. */
function openDesk(connection: MongoConnection, approvalAboveFen = 1_000_000): OrderDesk {
  const desk = new OrderDesk({
    orders: new OrderStoreMongo(connection),
    gateway,
    subjects: new OrderSubjects(),
    transactions: new TransactionRunnerMongo(connection),
    audit: createAuditFeature({ connection, clock }).trail,
    clock,
    draws: secureOrderDraws,
    approvalAboveFen,
  });
  desk.register(new SubjectFake());
  return desk;
}

async function placePrepared() {
  const order = await new TransactionRunnerMongo(database.connection).run((tx) =>
    desks[0].place(tx, {
      accountId,
      openid,
      subject: { kind: 'registration', id: 'r-1' },
      description: '少年宫绘画班',
      amountFen: 3_000,
      payableUntil: new Date(time.now + 15 * minute),
    }),
  );
  await desks[0].prepare({ accountId, openid }, order.orderId);
  return order;
}

async function paymentOf(orderNo: string) {
  const state = gateway.pay(orderNo, time.now)!;
  return { id: 'e', createdAt: new Date(time.now), kind: 'payment', orderNo, state } as const;
}

const both = <Result>(times: number, work: (desk: OrderDesk, at: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: times }, (_, at) => work(desks[at % 2]!, at)));

describe('two nodes on one database', () => {
  it('settle a payment once, by fifteen callbacks, questions and a closing at the same time', async () => {
    const order = await placePrepared();
    const event = await paymentOf(order.orderNo);
    time.now += 15 * minute;
    const outcomes = await both(30, async (desk, at) => {
      if (at % 5 === 0) return desk.check(accountId, order.orderId);
      if (at % 7 === 0) return desk.settleDue(new AbortController().signal);
      return desk.learn(accountId, event);
    });
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await desks[1].find(accountId, order.orderId)).toMatchObject({
      state: 'paid',
      receivedFen: 3_000,
      promisedFen: 0,
      refunds: [],
    });
  });

  it('promise no more than was received to refunds that come at the same time', async () => {
    const order = await placePrepared();
    await desks[0].learn(accountId, await paymentOf(order.orderNo));
    const runners = [database.connection, second].map((one) => new TransactionRunnerMongo(one));
    const outcomes = await both(16, (desk, at) =>
      runners[at % 2]!.run((tx) =>
        desk.refundWithin(tx, { accountId, orderId: order.orderId, amountFen: 700, reason: '退款' }),
      ),
    );
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 12 }, () => 'refund_exceeds'));
    const after = await desks[0].find(accountId, order.orderId);
    expect(after.promisedFen).toBe(2_800);
    expect(new Set(after.refunds.map(({ refundNo }) => refundNo)).size).toBe(4);

    for (let round = 0; round < 8; round += 1) {
      await both(2, (desk) => desk.followRefunds(new AbortController().signal));
      for (const refundNo of gateway.refunds.keys()) gateway.endRefund(refundNo, 'succeeded', time.now);
      time.now += minute;
    }
    const settled = await desks[0].find(accountId, order.orderId);
    expect(settled.refunds.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'succeeded'));
    expect(gateway.refundedFen(order.orderNo)).toBe(2_800);
    const sent = settled.refunds.map(({ sentAt }) => sentAt!.getTime()).sort((a, b) => a - b);
    for (const [at, one] of sent.entries())
      if (at > 0) expect(one - sent[at - 1]!).toBeGreaterThanOrEqual(minute);
  });

  it('let one of two people decide about a refund', async () => {
    desks = [openDesk(database.connection, 0), openDesk(second, 0)];
    const order = await placePrepared();
    await desks[0].learn(accountId, await paymentOf(order.orderNo));
    const { refunds } = await desks[0].refund(
      { accountId, orderId: order.orderId, amountFen: 3_000, reason: '退款' },
      staff('teacher'),
    );
    const decision = { accountId, orderId: order.orderId, refundNo: refunds[0]!.refundNo };
    const outcomes = await both(6, (desk, at) =>
      at % 2 === 0
        ? desk.approveRefund(decision, staff(`leader ${at}`))
        : desk.turnDownRefund(decision, staff(`leader ${at}`), '不符合规定'),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const after = await desks[0].find(accountId, order.orderId);
    expect(after.promisedFen).toBe(after.refunds[0]!.state === 'failed' ? 0 : 3_000);
  });
});
