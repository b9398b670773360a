import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { UserError } from '../../src/core/errors.js';
import type { Order } from '../../src/features/orders/order.js';
import { keptFen } from '../../src/features/orders/order-money.js';
import { accountId, day, minute, openOrderDesk, openid, staff } from '../support/order-builders.js';

const step = fc.oneof(
  fc.record({ kind: fc.constant('prepare' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('pay' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('callback' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('query' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('give up' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('settle' as const) }),
  fc.record({ kind: fc.constant('follow' as const) }),
  fc.record({ kind: fc.constant('refund' as const), at: fc.nat(), fen: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('decide' as const), at: fc.nat(), isApproved: fc.boolean() }),
  fc.record({
    kind: fc.constant('end refund' as const),
    at: fc.nat(),
    how: fc.constantFrom('succeeded', 'closed', 'abnormal'),
    isTold: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('lose place' as const), isLost: fc.boolean() }),
  fc.record({ kind: fc.constant('fail' as const), how: fc.constantFrom('no', 'before', 'after') }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(0.1, 1, 7, 61) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const citizen = { accountId, openid };
const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % items.length];

/** Two orders of which anything may become; what the desk refuses leaves everything as it is. */
async function open() {
  const office = openOrderDesk({ approvalAboveFen: 1_000 });
  const { desk, gateway, time } = office;
  // One is paid, so that sequences reach refunds; the other may go any way from its beginning.
  const placed = [await office.placePaid({ amountFen: 2_000 }), await office.place({ amountFen: 3_000 })];
  const all = async () => Promise.all(placed.map(({ orderId }) => desk.find(accountId, orderId)));

  async function tell(order: Order): Promise<void> {
    const state = gateway.orders.get(order.orderNo)?.state;
    if (state?.kind !== 'paid') return;
    await desk.learn(accountId, {
      id: 'e',
      createdAt: new Date(),
      kind: 'payment',
      orderNo: order.orderNo,
      state,
    });
  }

  async function decide(order: Order, isApproved: boolean): Promise<void> {
    const { refundNo } = order.refunds.find(({ state }) => state === 'proposed') ?? {};
    if (refundNo === undefined) return;
    const decision = { accountId, orderId: order.orderId, refundNo };
    if (isApproved) await desk.approveRefund(decision, staff('leader'));
    else await desk.turnDownRefund(decision, staff('leader'), '不符合退款规定');
  }

  async function endRefund({ at, how, isTold }: Extract<Step, { kind: 'end refund' }>): Promise<void> {
    const refundNo = pick([...gateway.refunds.keys()], at);
    if (refundNo === undefined) return;
    const { orderNo } = gateway.refunds.get(refundNo)!;
    const state = gateway.endRefund(refundNo, how, time.now);
    if (isTold)
      await desk.learn(accountId, {
        id: 'e',
        createdAt: new Date(),
        kind: 'refund',
        orderNo,
        refundNo,
        state,
      });
  }

  async function take(step: Step): Promise<unknown> {
    const order = 'at' in step ? (await all())[step.at % 2]! : placed[0]!;
    const { orderId } = order;
    switch (step.kind) {
      case 'prepare':
        return desk.prepare(citizen, orderId);
      case 'pay':
        return gateway.pay(order.orderNo, time.now);
      case 'callback':
        return tell(order);
      case 'query':
        return desk.check(accountId, orderId);
      case 'give up':
        return office.transactions.run((tx) => desk.askClosing(tx, accountId, orderId));
      case 'settle':
        return office.settle();
      case 'follow':
        return office.follow();
      case 'refund':
        return desk.refund({ accountId, orderId, amountFen: step.fen, reason: '退款' }, staff('teacher'));
      case 'decide':
        return decide(order, step.isApproved);
      case 'end refund':
        return endRefund(step);
      case 'lose place':
        return (office.subject.isLost = step.isLost);
      case 'fail':
        return (gateway.failing = step.how);
      case 'wait':
        return (time.now += step.minutes * minute);
    }
  }

  return { ...office, all, take };
}

type Office = Awaited<ReturnType<typeof open>>;

async function run(office: Office, steps: readonly Step[], check: () => Promise<void>): Promise<void> {
  for (const step of steps) {
    await office.take(step).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
    });
    await check();
  }
}

async function expectSums({ all, gateway }: Office): Promise<void> {
  for (const order of await all()) {
    const there = gateway.orders.get(order.orderNo)?.state;
    const paidThere = there?.kind === 'paid' ? there.paidFen : 0;
    const promised = order.refunds.reduce(
      (sum, { state, amountFen }) => (state === 'failed' ? sum : sum + amountFen),
      0,
    );
    // Received = kept + refunded or promised; nothing is received that was not paid, or promised that was not received.
    expect(order.promisedFen).toBe(promised);
    expect(keptFen(order)).toBeGreaterThanOrEqual(0);
    expect([0, paidThere]).toContain(order.receivedFen);
    expect(order.receivedFen > 0).toBe(order.state === 'paid');
    // The platform pays back nothing that is not promised here; whatever of it came to nothing there may lag here.
    expect(gateway.refundedFen(order.orderNo)).toBeLessThanOrEqual(order.promisedFen);
  }
}

/** Everything answers again, and time passes until nothing is due. */
async function comeToRest({ gateway, time, settle, follow }: Office): Promise<void> {
  gateway.failing = 'no';
  for (let round = 0; round < 10; round += 1) {
    time.now += day;
    for (const refundNo of gateway.refunds.keys()) gateway.endRefund(refundNo, 'succeeded', time.now);
    await settle();
    await follow();
  }
}

describe('orders', () => {
  it('account for every fen at every point of every sequence, and agree with the platform in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
        const office = await open();
        await run(office, steps, () => expectSums(office));
        await comeToRest(office);
        await expectSums(office);
        for (const order of await office.all()) {
          const there = office.gateway.orders.get(order.orderNo)?.state;
          expect(order.state).toBe(there?.kind === 'paid' ? 'paid' : 'closed');
          const waiting = order.refunds.filter(({ state }) => state === 'proposed');
          const proposed = waiting.reduce((sum, { amountFen }) => sum + amountFen, 0);
          expect(office.gateway.refundedFen(order.orderNo)).toBe(order.promisedFen - proposed);
          if (order.paidLate) expect(order.refunds[0]!.amountFen).toBe(order.receivedFen);
        }
      }),
      { numRuns: 120 },
    );
  });
});
