import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlantedDifference } from '../../../src/api-types/sandbox.js';
import type { Order } from '../../../src/features/orders/order.js';
import { day, minute } from '../../sandbox/fixture.js';
import { openTill, type Till } from '../../support/open-till.js';

let till: Till;
beforeEach(async () => {
  till = await openTill({ approvalAboveFen: 1_000 });
  till.conduct({ refundAfterMs: 0 });
});
afterEach(() => till.close());

async function placePaid(amountFen = 3_000): Promise<Order> {
  const order = await till.place(amountFen);
  await till.deliver(await till.pay(order));
  return order;
}

const reason = '课程改期';

describe('staff', () => {
  it('find an order by its state, its day, each of its numbers and its registration', async () => {
    const open = await till.place(1_100);
    till.clock.advance(minute);
    const paid = await placePaid();
    const { transactionId } = await till.find(paid.orderId);
    const found = async (query: string) => {
      const { status, body } = await till.ask('auditor', 'get', `orders?${query}`);
      expect(status).toBe(200);
      return body.orders.map(({ orderId }: { orderId: string }) => orderId);
    };
    expect(await found('')).toEqual([paid.orderId, open.orderId]);
    expect(await found('state=paid')).toEqual([paid.orderId]);
    expect(await found(`number=${open.orderNo}`)).toEqual([open.orderId]);
    expect(await found(`number=${transactionId}`)).toEqual([paid.orderId]);
    expect(await found('subject=r-1100')).toEqual([open.orderId]);
    expect(await found('from=2026-03-02&to=2026-03-02')).toHaveLength(2);
    expect(await found('to=2026-03-01')).toEqual([]);
    const first = await till.ask('auditor', 'get', 'orders?limit=1');
    expect(first.body.next).not.toBeNull();
    expect(await found(`limit=1&after=${first.body.next}`)).toEqual([open.orderId]);
    expect((await till.ask('auditor', 'get', 'orders?after=nonsense')).status).toBe(404);
    expect((await till.ask('editor', 'get', 'orders')).status).toBe(403);
  });

  it('see all of an order, and what the platform says of it now', async () => {
    const order = await till.place();
    // The platform's letter gets lost: asking is enough.
    await till.pay(order);
    const { body } = await till.ask('deskOfficer', 'post', `orders/${order.orderId}/inquiry`);
    expect(body).toMatchObject({ payment: { kind: 'paid', code: null }, refunds: [] });
    expect(body.order).toMatchObject({ state: 'paid', receivedFen: 3_000, paidLate: false });
    const detail = await till.ask('auditor', 'get', `orders/${order.orderId}`);
    expect(detail.body).toEqual({ order: body.order, approvalAboveFen: 1_000 });
    expect((await till.ask('auditor', 'get', 'orders/unknown')).body.error.code).toBe('no_such_order');
  });

  it('refund small amounts alone, and with a second person what is above', async () => {
    const order = await placePaid();
    const path = `orders/${order.orderId}/refunds`;
    const small = await till.ask('deskOfficer', 'post', path, { amountFen: 400, reason });
    expect(small).toMatchObject({ status: 201, body: { refunds: [{ state: 'requested' }] } });
    till.clock.advance(2 * minute);
    const large = await till.ask('leader', 'post', path, { amountFen: 700, reason });
    expect(large.body.refunds[1]).toMatchObject({ state: 'proposed', requestedBy: { name: 'leader' } });
    expect((await till.ask('leader', 'get', 'refunds/count')).body).toEqual({
      proposed: 1,
      underWay: 1,
      abnormal: 0,
      owed: 0,
    });
    const waiting = await till.ask('administrator', 'get', 'refunds?section=proposed');
    const { refundNo } = waiting.body.orders[0].refunds[1];
    const own = await till.ask('leader', 'post', `${path}/${refundNo}/approval`);
    expect(own.body.error.code).toBe('same_person');
    const approved = await till.ask('administrator', 'post', `${path}/${refundNo}/approval`);
    expect(approved.body.refunds[1]).toMatchObject({
      state: 'requested',
      decidedBy: { name: 'administrator' },
      decidedAt: expect.any(String),
    });
    const again = await till.ask('administrator', 'post', `${path}/${refundNo}/refusal`, { reason });
    expect(again.body.error.code).toBe('already_decided');
    expect((await till.audited('order.refund_approve')).map(({ by }) => by.name)).toEqual(['administrator']);
    expect((await till.ask('deskOfficer', 'post', path, { amountFen: 9_999, reason })).status).toBe(409);
  });

  it('turn a refund down, with the reason on record', async () => {
    const order = await placePaid();
    const path = `orders/${order.orderId}/refunds`;
    const { body } = await till.ask('deskOfficer', 'post', path, { amountFen: 3_000, reason });
    const turnedDown = await till.ask('leader', 'post', `${path}/${body.refunds[0].refundNo}/refusal`, {
      reason: '活动已经参加',
    });
    expect(turnedDown.body).toMatchObject({
      promisedFen: 0,
      owedFen: 0,
      refunds: [{ state: 'failed', failure: { by: 'staff', text: '活动已经参加' } }],
    });
    expect((await till.audited('order.refund_turn_down'))[0]).toMatchObject({ reason: '活动已经参加' });
  });

  it('see why a refund cannot be taken, and that it is tried again', async () => {
    till.conduct({ refunds: 'not_enough' });
    const order = await placePaid();
    await till.ask('deskOfficer', 'post', `orders/${order.orderId}/refunds`, { amountFen: 500, reason });
    await till.follow();
    const { body } = await till.ask('auditor', 'get', 'refunds?section=underWay');
    expect(body.orders[0].refunds[0]).toMatchObject({ state: 'requested', trouble: { code: 'NOT_ENOUGH' } });
    till.conduct({ refunds: 'succeed' });
    till.clock.advance(5 * minute);
    await till.follow();
    till.clock.advance(5 * minute);
    await till.follow();
    expect((await till.find(order.orderId)).refunds[0]).toMatchObject({ state: 'succeeded' });
    expect((await till.find(order.orderId)).refunds[0]).not.toHaveProperty('trouble');
  });

  it('see the money that came late and could not go back, until it is asked for again', async () => {
    till.subject.isLost = true;
    till.conduct({ refunds: 'close' });
    const order = await placePaid();
    await till.follow();
    await till.platformSettled();
    till.clock.advance(5 * minute);
    await till.follow();
    const owed = await till.ask('leader', 'get', 'refunds?section=owed');
    expect(owed.body.orders).toMatchObject([{ orderId: order.orderId, owedFen: 3_000, paidLate: true }]);
    expect((await till.ask('leader', 'get', 'refunds/count')).body.owed).toBe(1);
    await till.ask('leader', 'post', `orders/${order.orderId}/refunds`, { amountFen: 3_000, reason });
    expect((await till.ask('leader', 'get', 'refunds?section=owed')).body.orders).toEqual([]);
  });
});

describe('a day’s bill of the sandbox', () => {
  async function trade(differences: PlantedDifference[]): Promise<string> {
    const orders = [await placePaid(1_000), await placePaid(2_000), await placePaid(3_000)];
    for (const { orderId } of orders.slice(1)) {
      await till.ask('deskOfficer', 'post', `orders/${orderId}/refunds`, { amountFen: 500, reason });
    }
    await till.follow();
    await till.platformSettled();
    till.clock.advance(2 * minute);
    await till.follow();
    till.conduct({ billDifferences: differences });
    till.clock.advance(day);
    return '2026-03-02';
  }

  it.each<[PlantedDifference[], string[]]>([
    [[], []],
    [['missing_payment'], ['missing_there payment']],
    [['extra_payment'], ['missing_here payment']],
    [['payment_amount'], ['amount_differs payment']],
    [['missing_refund'], ['missing_there refund']],
    [['extra_refund'], ['missing_here refund']],
    [['refund_amount'], ['amount_differs refund']],
    [
      ['missing_payment', 'extra_payment', 'payment_amount', 'refund_amount', 'extra_refund'],
      [
        'amount_differs payment',
        'amount_differs refund',
        'missing_here payment',
        'missing_here refund',
        'missing_there payment',
      ],
    ],
  ])('with %j planted lists exactly that', async (planted, expected) => {
    const date = await trade(planted);
    const { status, body } = await till.ask('leader', 'post', `bills/${date}/comparison`);
    expect(status).toBe(200);
    const told = body.differences.map(({ kind, of }: { kind: string; of: string }) => `${kind} ${of}`);
    expect(told.sort()).toEqual(expected);
    expect(body).toMatchObject({ openCount: expected.length, differenceCount: expected.length });
  });

  it('keeps what was dealt with when the day is compared again, and asks anew for what has changed', async () => {
    const date = await trade(['payment_amount', 'missing_refund']);
    const first = await till.ask('leader', 'post', `bills/${date}/comparison`);
    for (const { kind, of, orderNo, refundNo } of first.body.differences) {
      const which = { kind, of, orderNo, refundNo, note: '已与商户平台核实' };
      expect((await till.ask('administrator', 'post', `bills/${date}/dealings`, which)).status).toBe(200);
    }
    expect((await till.ask('auditor', 'get', 'bills')).body.days).toMatchObject([
      { day: date, differenceCount: 2, openCount: 0 },
    ]);
    expect(await till.audited('bill.deal')).toHaveLength(2);
    const again = await till.ask('leader', 'post', `bills/${date}/comparison`);
    expect(again.body.openCount).toBe(0);
    till.conduct({ billDifferences: ['missing_payment'] });
    const other = await till.ask('leader', 'post', `bills/${date}/comparison`);
    expect(other.body).toMatchObject({ openCount: 1, differences: [{ kind: 'missing_there', dealt: null }] });
    expect(await till.audited('bill.reconcile')).toHaveLength(3);
  });

  it('is neither compared before it is there nor dealt with where nothing is', async () => {
    const code = async (path: string, body: object = {}) =>
      (await till.ask('leader', 'post', path, body)).body.error.code;
    expect(await code('bills/2026-03-02/comparison')).toBe('bill_not_ready');
    const which = { kind: 'missing_here', of: 'payment', orderNo: 'x', refundNo: null, note: '核实' };
    expect(await code('bills/2026-03-01/dealings', which)).toBe('not_reconciled');
    const date = await trade([]);
    await till.ask('leader', 'post', `bills/${date}/comparison`);
    expect(await code(`bills/${date}/dealings`, which)).toBe('no_such_difference');
    expect((await till.ask('leader', 'get', 'bills/2026-02-01')).status).toBe(404);
    expect((await till.ask('auditor', 'post', `bills/${date}/comparison`)).status).toBe(403);
  });
});
