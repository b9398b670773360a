import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OperationalError, UserError } from '../../src/core/errors.js';
import type { Order, Refund } from '../../src/features/orders/order.js';
import { keptFen } from '../../src/features/orders/order-money.js';
import { day } from '../support/order-builders.js';
import {
  Crash,
  openOrderWorld,
  orderStep,
  type OrderDeed,
  type OrderStep,
  type OrderWorld,
} from '../support/order-world.js';

const approvalAboveFen = 1_000;

/** What the desk refuses leaves everything as it is; what a crash interrupts is taken up again. */
async function run(world: OrderWorld, steps: readonly OrderStep[]): Promise<number> {
  let before = await world.all();
  let isAlone = true;
  let passed = 0;
  for (const step of steps) {
    const failure = await world.act(step).then(
      () => null,
      (error: unknown) => error,
    );
    if (step.kind === 'crash' || step.kind === 'meanwhile') {
      isAlone = false;
      continue;
    }
    passed = world.passedBoundaries();
    world.endStep();
    const isExpected =
      failure === null ||
      failure instanceof Crash ||
      failure instanceof UserError ||
      (failure instanceof OperationalError && failure.code === 'payment_refused');
    if (!isExpected) throw failure;
    const after = await world.all();
    if (isAlone && (step.kind === 'forge' || step.kind === 'forge refund')) expect(after).toEqual(before);
    isAlone = true;
    expectSums(world, after);
    for (const [index, order] of after.entries()) expectOnward(before[index]!, order);
    if (step.kind === 'callback' && failure === null) expectBelieved(world, after[step.at % 2]!);

    before = after;
  }
  return passed;
}

/** Received = kept + refunded or on its way, in our books and against what the platform holds. */
function expectSums({ gateway, subject, premature, late }: OrderWorld, orders: readonly Order[]): void {
  expect(premature).toEqual([]);
  for (const order of orders) {
    const there = gateway.orders.get(order.orderNo)?.state;
    const paidThere = there?.kind === 'paid' ? there.paidFen : 0;
    const standing = order.refunds.filter(({ state }) => state !== 'failed');
    expect(order.promisedFen).toBe(sumOf(standing));
    expect(keptFen(order)).toBe(order.receivedFen - sumOf(standing));
    expect(keptFen(order)).toBeGreaterThanOrEqual(0);
    // Nothing is received that was not paid, and whoever has paid is not told that they have not.
    expect(order.receivedFen).toBe(order.state === 'paid' ? paidThere : 0);
    // Closed here: nobody can pay it any more.
    if (order.state === 'closed' && !late.has(order.orderNo))
      expect(['closed', undefined]).toContain(there?.kind);
    // The platform pays back nothing that is not promised here; whatever of it came to nothing there may lag here.
    expect(gateway.refundedFen(order.orderNo)).toBeLessThanOrEqual(order.promisedFen);
    for (const refund of order.refunds) expectFair(order, refund, gateway.refunds.get(refund.refundNo));
    expect(new Set(order.refunds.map(({ refundNo }) => refundNo)).size).toBe(order.refunds.length);
    expectTold(order, subject.toldOf.get(order.orderId) ?? []);
  }
}

function expectFair(
  order: Order,
  refund: Refund,
  there: { amountFen: number; state: { kind: string } } | undefined,
): void {
  if (refund.state === 'succeeded') expect(there?.state.kind).toBe('succeeded');
  if (refund.state === 'processing' || refund.state === 'abnormal') expect(there).toBeDefined();
  if (there) expect(there.amountFen).toBe(refund.amountFen);
  const { requestedBy, approvedBy } = refund;
  if (refund.state === 'proposed') expect(there).toBeUndefined();
  if (requestedBy.staffId === 'system' || refund.state === 'proposed') return;
  // By staff: more than the amount in all, or a second person approved it.
  const earlier = order.refunds.slice(0, order.refunds.indexOf(refund) + 1);
  const isSmall = sumOf(earlier.filter(({ state }) => state !== 'failed')) <= approvalAboveFen;
  if (there && !isSmall) expect(approvedBy?.staffId ?? 'nobody').not.toBe(requestedBy.staffId);
  if (there && !isSmall) expect(approvedBy).toBeDefined();
}

/** Whoever is paid for hears of each thing once. */
function expectTold(order: Order, told: readonly string[]): void {
  expect(new Set(told).size).toBe(told.length);
  const settled = told.filter((what) => what === 'kept' || what === 'lost');
  expect(settled).toHaveLength(order.state === 'paid' ? 1 : 0);
  expect(order.paidLate === true).toBe(settled[0] === 'lost');
  if (order.paidLate) {
    expect(order.refunds[0]).toMatchObject({
      amountFen: order.receivedFen,
      requestedBy: { staffId: 'system' },
    });
  }
  if (order.state === 'closed') expect(told).toEqual(['closed']);
  for (const { refundNo, state } of order.refunds)
    if (state === 'succeeded' || state === 'abnormal') expect(told).toContain(`${refundNo} ${state}`);
}

/** Money that came is never forgotten, whatever is heard later. */
function expectOnward(before: Order, after: Order): void {
  expect(after.receivedFen).toBeGreaterThanOrEqual(before.receivedFen);
  expect(after.refunds.length).toBeGreaterThanOrEqual(before.refunds.length);
  if (before.state === 'paid') {
    expect(after.state).toBe('paid');
    expect(after.transactionId).toBe(before.transactionId);
    expect(after.paidAt).toEqual(before.paidAt);
  }
  for (const [at, { refundNo, amountFen, state }] of before.refunds.entries()) {
    expect(after.refunds[at]).toMatchObject({ refundNo, amountFen });
    if (state === 'succeeded') expect(after.refunds[at]!.state).toBe('succeeded');
  }
}

/** A payment that was told of and taken in counts from then on. */
function expectBelieved({ gateway }: OrderWorld, order: Order): void {
  const there = gateway.orders.get(order.orderNo)?.state;
  if (there?.kind === 'paid') expect(order.receivedFen).toBe(there.paidFen);
}

const mostRounds = 60;

/** Everything answers again, and time passes until nothing is due. */
async function comeToRest(world: OrderWorld): Promise<void> {
  const { gateway, time } = world;
  world.endStep();
  gateway.failing = 'no';
  gateway.refusing = null;
  // Of an order that is closed here only the platform's letter tells.
  const closed = (await world.all()).filter(({ state }) => state === 'closed');
  if (closed.length > 0) await world.tellAll();
  for (let round = 0; round < mostRounds; round += 1) {
    time.now += day;
    for (const refundNo of gateway.refunds.keys()) gateway.endRefund(refundNo, 'succeeded', time.now);
    await world.settle();
    await world.follow();
    if ((await world.all()).every(({ checkAt }) => checkAt === undefined)) return;
  }
  throw new Error('it never comes to rest');
}

/** Nothing is left over: both sides say the same of every order and every refund. */
async function expectAgreement(world: OrderWorld): Promise<void> {
  const orders = await world.all();
  expectSums(world, orders);
  for (const order of orders) {
    const there = world.gateway.orders.get(order.orderNo)?.state;
    expect(order.state).toBe(there?.kind === 'paid' ? 'paid' : 'closed');
    const waiting = order.refunds.filter(({ state }) => state === 'proposed');
    expect(world.gateway.refundedFen(order.orderNo)).toBe(order.promisedFen - sumOf(waiting));
    for (const { state } of order.refunds) expect(['proposed', 'succeeded', 'failed']).toContain(state);
    for (const { refundNo, state } of order.refunds) {
      const ended = world.gateway.refunds.get(refundNo)?.state.kind;
      if (ended !== undefined) expect(state).toBe(ended === 'succeeded' ? 'succeeded' : 'failed');
    }
  }
}

function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** The first order of a world is paid, the second is open. */
const situations: Readonly<Record<string, { at: 0 | 1; steps: readonly OrderStep[] }>> = {
  open: { at: 1, steps: [] },
  prepared: { at: 1, steps: [{ kind: 'prepare', at: 1 }] },
  'prepared and over': {
    at: 1,
    steps: [
      { kind: 'prepare', at: 1 },
      { kind: 'wait', minutes: 61 },
    ],
  },
  'given up': {
    at: 1,
    steps: [
      { kind: 'prepare', at: 1 },
      { kind: 'give up', at: 1 },
    ],
  },
  'paid, and nobody told us': {
    at: 1,
    steps: [
      { kind: 'lose place', isLost: true },
      { kind: 'prepare', at: 1 },
      { kind: 'pay', at: 1 },
    ],
  },
  closed: {
    at: 1,
    steps: [{ kind: 'prepare', at: 1 }, { kind: 'give up', at: 1 }, { kind: 'settle' }],
  },
  'waiting for a second person': {
    at: 0,
    steps: [
      { kind: 'refund', at: 0, fen: 1_500 },
      { kind: 'wait', minutes: 7 },
    ],
  },
  'to be refunded': { at: 0, steps: [{ kind: 'refund by rule', at: 0, fen: 1_500 }] },
  'to be refunded, without an answer': {
    at: 0,
    steps: [
      { kind: 'refund by rule', at: 0, fen: 1_500 },
      { kind: 'fail', how: 'after' },
      { kind: 'follow' },
      { kind: 'fail', how: 'no' },
      { kind: 'wait', minutes: 61 },
    ],
  },
  'to be refunded, without an answer and refused since': {
    at: 0,
    steps: [
      { kind: 'refund by rule', at: 0, fen: 1_500 },
      { kind: 'fail', how: 'after' },
      { kind: 'follow' },
      { kind: 'fail', how: 'no' },
      { kind: 'refuse', isRefusing: true },
      { kind: 'wait', minutes: 61 },
    ],
  },
  'being refunded': {
    at: 0,
    steps: [{ kind: 'refund by rule', at: 0, fen: 1_500 }, { kind: 'follow' }, { kind: 'wait', minutes: 61 }],
  },
  'refunded after trouble': {
    at: 0,
    steps: [
      { kind: 'refund by rule', at: 0, fen: 1_500 },
      { kind: 'follow' },
      { kind: 'end refund', at: 0, how: 'abnormal', isTold: true },
      { kind: 'end refund', at: 0, how: 'succeeded', isTold: true },
    ],
  },
};

/** What one node, or the clock, is about. */
const mainsOf = (at: number): OrderStep[] => [
  { kind: 'prepare', at },
  { kind: 'callback', at },
  { kind: 'repeat', at: 0 },
  { kind: 'query', at },
  { kind: 'inquire', at },
  { kind: 'give up', at },
  { kind: 'refund by rule', at, fen: 1_500 },
  { kind: 'decide', at, isApproved: true, by: 'teacher' },
  { kind: 'decide', at, isApproved: true, by: 'leader' },
  { kind: 'settle' },
  { kind: 'follow' },
];

/** What comes in between. */
const deedsOf = (at: number): OrderDeed[] => [
  { kind: 'prepare', at },
  { kind: 'pay', at },
  { kind: 'pay late', at },
  { kind: 'callback', at },
  { kind: 'query', at },
  { kind: 'refund by rule', at, fen: 1_500 },
  { kind: 'end refund', at: 0, how: 'succeeded', isTold: true },
  { kind: 'fail', how: 'before' },
];

/** @returns how many transactions and calls of the last step had begun or ended. */
async function expectWhole(steps: readonly OrderStep[]): Promise<number> {
  const world = await openOrderWorld();
  const passed = await run(world, steps);
  await comeToRest(world);
  await expectAgreement(world);
  return passed;
}

describe('orders', () => {
  it('account for every fen at every point of every sequence, and agree with the platform in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(orderStep, { minLength: 15, maxLength: 80, size: 'max' }), async (steps) => {
        await expectWhole(steps);
      }),
      { numRuns: 25 },
    );
  });

  it.each(Object.entries(situations))(
    'where one is %s account for every fen, whatever comes into what is half-done, and wherever it ends',
    async (_name, { at, steps }) => {
      for (const main of mainsOf(at)) {
        const boundaries = await expectWhole([...steps, main]);
        for (let after = 0; after < boundaries; after += 1) {
          await expectWhole([...steps, { kind: 'crash', after }, main]);
          for (const deed of deedsOf(at))
            await expectWhole([...steps, { kind: 'meanwhile', after, deed }, main]);
        }
      }
    },
  );
});
