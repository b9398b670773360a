import { beforeEach, describe, expect, it } from '@jest/globals';
import { BillReconciler } from '../../../src/features/orders/bill-reconciler.js';
import type { Order, Refund } from '../../../src/features/orders/order.js';
import { orderJobs } from '../../../src/features/orders/order-jobs.js';
import type { BillLine } from '../../../src/features/orders/payment-gateway-port.js';
import type { Reconciliation, ReconciliationStore } from '../../../src/features/orders/reconciliation.js';
import { OrderStoreFake } from '../../support/fakes/order-store-fake.js';
import { PaymentGatewayFake } from '../../support/fakes/payment-gateway-fake.js';
import { TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';
import { accountId, buildOrder, noon } from '../../support/order-builders.js';

const hour = 3_600_000;
/** The bill's day is the Sunday before. */
const sunday = '2026-11-22';
const sundayNoon = noon - 24 * hour;

class ReconciliationStoreFake implements ReconciliationStore {
  readonly saved = new Map<string, Reconciliation>();
  async save(_tx: unknown, reconciliation: Reconciliation) {
    this.saved.set(reconciliation.day, reconciliation);
  }
  async find(_accountId: string, day: string) {
    return this.saved.get(day) ?? null;
  }
  async list() {
    return [...this.saved.values()].sort((a, b) => b.day.localeCompare(a.day));
  }
}

let orders: OrderStoreFake;
let gateway: PaymentGatewayFake;
let reconciliations: ReconciliationStoreFake;
let reconciler: BillReconciler;
beforeEach(() => {
  orders = new OrderStoreFake();
  gateway = new PaymentGatewayFake();
  reconciliations = new ReconciliationStoreFake();
  reconciler = new BillReconciler({
    gateway,
    orders,
    reconciliations,
    transactions: new TransactionRunnerFake(),
    clock: { now: () => noon },
  });
});

async function addPaid(overrides: Partial<Order> = {}): Promise<Order> {
  const paidAt = new Date(sundayNoon);
  const order = buildOrder({ state: 'paid', receivedFen: 3_000, transactionId: 't', paidAt, ...overrides });
  await new TransactionRunnerFake().run((tx) => orders.add(tx, order));
  return order;
}

function buildRefund(overrides: Partial<Refund> = {}): Refund {
  return {
    refundNo: `R${Math.random()}`,
    amountFen: 500,
    reason: '退款',
    state: 'succeeded',
    requestedBy: { staffId: 'system', name: '系统' },
    requestedAt: new Date(sundayNoon),
    sentAt: new Date(sundayNoon),
    ...overrides,
  };
}

function lineOf(order: Order, overrides: Partial<BillLine> = {}): BillLine {
  return {
    kind: 'payment',
    at: new Date(sundayNoon),
    transactionId: 't',
    orderNo: order.orderNo,
    refundNo: null,
    amountFen: order.amountFen,
    state: 'SUCCESS',
    ...overrides,
  };
}

function refundLine(order: Order, refund: Refund, overrides: Partial<BillLine> = {}): BillLine {
  const { refundNo, amountFen } = refund;
  return lineOf(order, { kind: 'refund', refundNo, amountFen, state: 'SUCCESS', ...overrides });
}

async function differences(day = sunday) {
  const outcome = await reconciler.reconcile(accountId, day);
  if (outcome.kind !== 'done') throw new Error(`the bill is ${outcome.kind}`);
  return outcome.reconciliation.differences.map(({ kind, of, orderNo, refundNo }) => [
    kind,
    of,
    refundNo ?? orderNo,
  ]);
}

describe('a day’s bill', () => {
  it('with planted differences brings exactly those', async () => {
    const refund = buildRefund();
    const [same, missing, dearer, unpaid] = [
      await addPaid({ refunds: [refund], promisedFen: 500 }),
      await addPaid(),
      await addPaid(),
      await addPaid({ state: 'closed' }),
    ];
    const [other, lost, less, failed] = [
      buildRefund(),
      buildRefund(),
      buildRefund(),
      buildRefund({ state: 'failed' }),
    ];
    const giving = await addPaid({ refunds: [other, lost, less, failed], promisedFen: 1_500 });
    gateway.bills.set(sunday, [
      lineOf(same),
      refundLine(same, refund),
      lineOf(dearer, { amountFen: 3_001 }),
      lineOf(unpaid),
      lineOf(giving),
      lineOf(buildOrder({ orderNo: 'stranger' })),
      refundLine(giving, other),
      refundLine(giving, less, { amountFen: 400 }),
      refundLine(giving, failed),
      refundLine(giving, buildRefund({ refundNo: 'strange refund' })),
    ]);
    expect(await differences()).toEqual([
      ['amount_differs', 'payment', dearer.orderNo],
      ['state_differs', 'payment', unpaid.orderNo],
      ['missing_here', 'payment', 'stranger'],
      ['amount_differs', 'refund', less.refundNo],
      ['state_differs', 'refund', failed.refundNo],
      ['missing_here', 'refund', 'strange refund'],
      ['missing_there', 'payment', missing.orderNo],
      ['missing_there', 'refund', lost.refundNo],
    ]);
    expect(await reconciliations.find(accountId, sunday)).toMatchObject({
      payments: { count: 5, sumFen: 15_001 },
      refunds: { count: 5, sumFen: 2_400 },
      differenceCount: 8,
    });
  });

  it('says what either side has', async () => {
    const dearer = await addPaid();
    gateway.bills.set(sunday, [lineOf(dearer, { amountFen: 3_001 })]);
    await reconciler.reconcile(accountId, sunday);
    expect((await reconciliations.find(accountId, sunday))?.differences).toEqual([
      {
        kind: 'amount_differs',
        of: 'payment',
        orderNo: dearer.orderNo,
        refundNo: null,
        here: { amountFen: 3_000, state: 'paid' },
        there: { amountFen: 3_001, state: 'SUCCESS' },
      },
    ]);
  });

  it('has the payments of its day in Asia/Shanghai and no others', async () => {
    const midnight = Date.parse('2026-11-21T16:00:00Z');
    const first = await addPaid({ paidAt: new Date(midnight) });
    const last = await addPaid({ paidAt: new Date(midnight + 24 * hour - 1) });
    await addPaid({ paidAt: new Date(midnight - 1) });
    await addPaid({ paidAt: new Date(midnight + 24 * hour) });
    gateway.bills.set(sunday, []);
    expect(await differences()).toEqual([
      ['missing_there', 'payment', first.orderNo],
      ['missing_there', 'payment', last.orderNo],
    ]);
  });

  it('does not miss what the platform has not taken yet, or what it says was under way', async () => {
    const [asked, ended] = [buildRefund({ state: 'requested' }), buildRefund()];
    const order = await addPaid({ refunds: [asked, ended], promisedFen: 1_000 });
    gateway.bills.set(sunday, [lineOf(order), refundLine(order, ended, { state: 'PROCESSING' })]);
    expect(await differences()).toEqual([]);
  });

  it('misses a refund of the last hour only when it is in the next bill neither', async () => {
    const sentAt = new Date('2026-11-22T15:59:30Z');
    const [there, next, nowhere] = [
      buildRefund({ sentAt }),
      buildRefund({ sentAt }),
      buildRefund({ sentAt }),
    ];
    const order = await addPaid({ refunds: [there, next, nowhere], promisedFen: 1_500 });
    gateway.bills.set(sunday, [lineOf(order), refundLine(order, there)]);
    gateway.bills.set('2026-11-23', [refundLine(order, next)]);
    expect(await differences(sunday)).toEqual([]);
    expect(await differences('2026-11-23')).toEqual([['missing_there', 'refund', nowhere.refundNo]]);
  });
});

describe('the job', () => {
  const run = () => {
    const desk = { settleDue: never, followRefunds: never };
    const jobs = orderJobs({ accountIds: [accountId], desk, reconciler });
    return jobs.find(({ name }) => name === 'bills.reconcile')!.work(new AbortController().signal);
  };

  it('compares each day once, makes up for missed ones, and waits for a bill that is not ready', async () => {
    gateway.bills.set('2026-11-20', []);
    gateway.bills.set('2026-11-21', []);
    expect(await run()).toEqual({ days: 2, differences: 0, notYet: 5, troubles: 0 });
    await addPaid();
    gateway.bills.set(sunday, []);
    expect(await run()).toEqual({ days: 1, differences: 1, notYet: 4, troubles: 0 });
    expect((await reconciliations.list()).map(({ day }) => day)).toEqual([
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
    ]);
  });

  it('reports a platform that does not answer', async () => {
    gateway.failing = 'before';
    expect(await run()).toEqual({ days: 0, differences: 0, notYet: 0, troubles: 7 });
  });
});

async function never(): Promise<never> {
  throw new Error('this job does nothing else');
}
