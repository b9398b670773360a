import * as fc from 'fast-check';
import { OperationalError, UserError } from '../../src/core/errors.js';
import type { Order } from '../../src/features/orders/order.js';
import type { PaymentEvent, RefundRequest } from '../../src/features/orders/payment-gateway-port.js';
import { accountId, minute, openOrderDesk, openid, staff } from './order-builders.js';

const at = fc.nat();

/** What others may do to two orders at any moment, also while something else is half-done. */
const deeds = [
  fc.record({ kind: fc.constant('prepare' as const), at }),
  fc.record({ kind: fc.constant('pay' as const), at }),
  fc.record({ kind: fc.constant('pay late' as const), at }),
  fc.record({ kind: fc.constant('fail' as const), how: fc.constantFrom('no', 'before', 'after') }),
  fc.record({ kind: fc.constant('callback' as const), at }),
  fc.record({ kind: fc.constant('repeat' as const), at }),
  fc.record({ kind: fc.constant('query' as const), at }),
  fc.record({ kind: fc.constant('give up' as const), at }),
  fc.record({ kind: fc.constant('refund by rule' as const), at, fen: fc.integer({ min: 1, max: 3_500 }) }),
  fc.record({
    kind: fc.constant('decide' as const),
    at,
    isApproved: fc.boolean(),
    by: fc.constantFrom('leader', 'teacher'),
  }),
  fc.record({
    kind: fc.constant('end refund' as const),
    at,
    how: fc.constantFrom('succeeded', 'closed', 'abnormal'),
    isTold: fc.boolean(),
  }),
] as const;
const deed = fc.oneof(...deeds);
export type OrderDeed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

/** Within the next step, after so many transactions and calls have begun or ended. */
const after = fc.integer({ min: 0, max: 6 });
/** Everything that citizens, staff, the platform, the clock and bad luck may do to two orders. */
export const orderStep = fc.oneof(
  ...deeds,
  fc.record({
    kind: fc.constant('forge' as const),
    at,
    how: fc.constantFrom('more', 'less', 'payer', 'other'),
  }),
  fc.record({ kind: fc.constant('forge refund' as const), at, fen: fc.constantFrom(-1, 1) }),
  fc.record({ kind: fc.constant('inquire' as const), at }),
  fc.record({ kind: fc.constant('settle' as const) }),
  fc.record({ kind: fc.constant('follow' as const) }),
  fc.record({ kind: fc.constant('refund' as const), at, fen: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('lose place' as const), isLost: fc.boolean() }),
  fc.record({ kind: fc.constant('refuse' as const), isRefusing: fc.boolean() }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(0.1, 1, 7, 61) }),
  fc.record({ kind: fc.constant('crash' as const), after }),
  fc.record({ kind: fc.constant('meanwhile' as const), after, deed }),
  fc.record({ kind: fc.constant('meanwhile' as const), after, deed }),
);
export type OrderStep = typeof orderStep extends fc.Arbitrary<infer Value> ? Value : never;

/** The process ended here; what was written stays, and what was in its memory is gone. */
export class Crash extends Error {}

const pick = <Item>(items: readonly Item[], which: number): Item | undefined => items[which % items.length];

/** Two orders of which anything may become. */
export async function openOrderWorld() {
  /** What comes in between at the next boundaries, and whether the process ends there. */
  let armed: Extract<OrderStep, { after: number }>[] = [];
  let passed = 0;
  let isOver = false;
  const office = openOrderDesk({
    approvalAboveFen: 1_000,
    async boundary() {
      if (isOver) throw new Crash();
      const due = armed.find((one) => one.after === passed);
      passed += 1;
      if (due?.kind === 'crash') {
        isOver = true;
        throw new Crash();
      }
      if (due?.kind === 'meanwhile') await comeBetween(due.deed);
    },
  });
  const { desk, gateway, orders, time } = office;
  /** All that the platform has ever told. */
  const letters: PaymentEvent[] = [];
  // One is paid, so that sequences reach refunds; the other may go any way from its beginning.
  const placed = [await office.placePaid({ amountFen: 2_000 }), await office.place({ amountFen: 3_000 })];
  const all = () =>
    Promise.all(placed.map(({ orderId }) => orders.find(accountId, orderId).then((order) => order!)));

  /** Orders that were paid after they were closed. */
  const late = new Set<string>();
  /** Refunds that reached the platform before they were kept as asked for. */
  const premature: RefundRequest[] = [];
  gateway.onRefund = (request) => {
    const refund = [...orders.orders.values()]
      .find(({ orderNo }) => orderNo === request.orderNo)
      ?.refunds.find(({ refundNo }) => refundNo === request.refundNo);
    if (refund?.sentAt === undefined || refund.amountFen !== request.refundFen) premature.push(request);
  };

  function tell(letter: PaymentEvent): Promise<Order> {
    letters.push(letter);
    return desk.learn(accountId, letter);
  }

  const envelope = () => ({ id: 'e', createdAt: new Date(time.now) });

  async function tellPayment(order: Order): Promise<void> {
    const state = gateway.orders.get(order.orderNo)?.state;
    if (state?.kind === 'paid') await tell({ ...envelope(), kind: 'payment', orderNo: order.orderNo, state });
  }

  /** Signed well, but not of this order, or not what it asks for. @throws Error where it is believed */
  async function forge({ orderNo, amountFen, state }: Order, how: string): Promise<void> {
    const isPaid = state === 'paid';
    // The first payment of an order brings the number of its transaction; only the next one is another.
    if (how === 'other' && !isPaid) return;
    const paidFen = amountFen + (how === 'more' ? 1 : how === 'less' ? -1 : 0);
    const letter: PaymentEvent = {
      ...envelope(),
      kind: 'payment',
      orderNo,
      state: {
        kind: 'paid',
        transactionId: how === 'other' ? 't-other' : `t-${orderNo}`,
        paidFen,
        openid: how === 'payer' ? 'oStranger' : openid,
        paidAt: new Date(time.now),
      },
    };
    await expectRefusal(desk.learn(accountId, letter), how);
  }

  async function forgeRefund(which: number, fen: number): Promise<void> {
    const [refundNo, refund] = pick([...gateway.refunds], which) ?? [];
    if (refundNo === undefined || refund === undefined) return;
    const state = {
      kind: 'succeeded' as const,
      refundId: 'r-forged',
      refundedFen: refund.amountFen + fen,
      at: new Date(time.now),
    };
    const { orderNo } = refund;
    await expectRefusal(
      desk.learn(accountId, { ...envelope(), kind: 'refund', orderNo, refundNo, state }),
      'refund',
    );
  }

  async function decide(order: Order, isApproved: boolean, by: string): Promise<void> {
    const { refundNo } = order.refunds.find(({ state }) => state === 'proposed') ?? {};
    if (refundNo === undefined) return;
    const decision = { accountId, orderId: order.orderId, refundNo };
    if (isApproved) await desk.approveRefund(decision, staff(by));
    else await desk.turnDownRefund(decision, staff(by), '不符合退款规定');
  }

  async function endRefund({
    at: which,
    how,
    isTold,
  }: Extract<OrderStep, { kind: 'end refund' }>): Promise<void> {
    const refundNo = pick([...gateway.refunds.keys()], which);
    if (refundNo === undefined) return;
    const { orderNo } = gateway.refunds.get(refundNo)!;
    const state = gateway.endRefund(refundNo, how, time.now);
    if (isTold) await tell({ ...envelope(), kind: 'refund', orderNo, refundNo, state });
  }

  /** Another node, or the payer; what it is refused is no concern of the step that it comes into. */
  async function comeBetween(between: OrderDeed): Promise<void> {
    const later = armed;
    armed = [];
    await act(between).catch((error: unknown) => {
      if (!(error instanceof UserError || error instanceof OperationalError)) throw error;
    });
    armed = later;
  }

  async function act(step: OrderStep): Promise<unknown> {
    const order = (await all())['at' in step ? step.at % 2 : 0]!;
    const { orderId } = order;
    switch (step.kind) {
      case 'prepare':
        return desk.prepare({ accountId, openid }, orderId);
      case 'pay':
        return gateway.pay(order.orderNo, time.now);
      case 'pay late':
        if (!gateway.payLate(order.orderNo, time.now)) return undefined;
        late.add(order.orderNo);
        return tellPayment(order);
      case 'callback':
        return tellPayment(order);
      case 'repeat': {
        const letter = pick(letters, step.at);
        return letter && desk.learn(accountId, letter);
      }
      case 'forge':
        return forge(order, step.how);
      case 'forge refund':
        return forgeRefund(step.at, step.fen);
      case 'query':
        return desk.check(accountId, orderId);
      case 'inquire':
        return desk.inquire(accountId, orderId);
      case 'give up':
        return office.transactions.run((tx) => desk.askClosing(tx, accountId, orderId));
      case 'settle':
        return office.settle();
      case 'follow':
        return office.follow();
      case 'refund':
        return desk.refund({ accountId, orderId, amountFen: step.fen, reason: '退款' }, staff('teacher'));
      case 'refund by rule':
        return office.transactions.run((tx) =>
          desk.refundWithin(tx, { accountId, orderId, amountFen: step.fen, reason: '按规则退款' }),
        );
      case 'decide':
        return decide(order, step.isApproved, step.by);
      case 'end refund':
        return endRefund(step);
      case 'lose place':
        return (office.subject.isLost = step.isLost);
      case 'fail':
        return (gateway.failing = step.how);
      case 'refuse':
        return (gateway.refusing = step.isRefusing ? 'NO_AUTH' : null);
      case 'crash':
      case 'meanwhile':
        armed.push(step);
        return undefined;
      case 'wait':
        return (time.now += step.minutes * minute);
    }
  }

  return {
    ...office,
    all,
    act,
    premature,
    late,
    /** The platform tells of every payment until it is heard. */
    async tellAll() {
      for (const order of await all()) await tellPayment(order);
    },
    /** Transactions and calls of the step under way that have begun or ended. */
    passedBoundaries: () => passed,
    /** After each step: what was to come into it has had its chance. */
    endStep() {
      armed = [];
      passed = 0;
      isOver = false;
    },
  };
}
export type OrderWorld = Awaited<ReturnType<typeof openOrderWorld>>;

async function expectRefusal(outcome: Promise<Order>, what: string): Promise<void> {
  const error = await outcome.then(
    () => new Error(`a forged letter was believed: ${what}`),
    (reason: unknown) => reason,
  );
  throw error;
}
