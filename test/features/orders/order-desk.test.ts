import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountId, day, minute, noon, openOrderDesk, openid, staff } from '../../support/order-builders.js';

const citizen = { accountId, openid };
const [teacher, leader] = [staff('teacher'), staff('leader')];

let office: ReturnType<typeof openOrderDesk>;
beforeEach(() => {
  office = openOrderDesk();
});

const find = (orderId: string) => office.desk.find(accountId, orderId);

describe('an order', () => {
  it('has a number that the platform takes', async () => {
    expect((await office.place()).orderNo).toMatch(/^20261123[0-9a-f]{24}$/);
  });

  it('is refused where a feature asks for what cannot be', async () => {
    for (const wrong of [
      { amountFen: 0 },
      { amountFen: 1.5 },
      { description: '' },
      { description: '长'.repeat(128) },
      { payableUntil: new Date(noon) },
    ])
      await expect(office.place(wrong)).rejects.toThrow(/order|fen/);
    expect(office.orders.orders.size).toBe(0);
  });

  it('is handed to the page again and again with one prepayment while that is valid', async () => {
    const { orderId } = await office.place({ payableUntil: new Date(noon + day) });
    const first = await office.desk.prepare(citizen, orderId);
    office.time.now += 100 * minute;
    expect(await office.desk.prepare(citizen, orderId)).toEqual(first);
    expect(office.gateway.prepared).toBe(1);
    office.time.now += 15 * minute;
    await office.desk.prepare(citizen, orderId);
    expect(office.gateway.prepared).toBe(2);
  });

  it('cannot be paid by somebody else, after its time, or twice', async () => {
    const { orderId } = await office.place();
    await expect(office.desk.prepare({ accountId, openid: 'oOther' }, orderId)).rejects.toMatchObject({
      code: 'no_such_order',
    });
    office.time.now += 15 * minute;
    await expect(office.desk.prepare(citizen, orderId)).rejects.toMatchObject({ code: 'order_closed' });
    const paid = await office.placePaid();
    await expect(office.desk.prepare(citizen, paid.orderId)).rejects.toMatchObject({ code: 'already_paid' });
  });

  it('that was paid without our knowing is taken in when the page asks to pay again', async () => {
    const order = await office.place();
    await office.desk.prepare(citizen, order.orderId);
    office.gateway.pay(order.orderNo, office.time.now);
    office.orders.orders.get(`${accountId}/${order.orderId}`)!.prepaidAt = new Date(0);
    await expect(office.desk.prepare(citizen, order.orderId)).rejects.toMatchObject({ code: 'already_paid' });
    expect(await find(order.orderId)).toMatchObject({ state: 'paid', receivedFen: 3_000 });
  });

  it('says when the platform does not answer, and when it will not have it', async () => {
    const { orderId } = await office.place();
    office.gateway.failing = 'before';
    await expect(office.desk.prepare(citizen, orderId)).rejects.toMatchObject({ code: 'payment_busy' });
    office.gateway.failing = 'no';
    office.gateway.refusing = 'NO_AUTH';
    await expect(office.desk.prepare(citizen, orderId)).rejects.toMatchObject({
      name: 'OperationalError',
      code: 'payment_refused',
    });
  });
});

describe('a payment', () => {
  it('is taken in once, however often its callback comes', async () => {
    const event = await office.pay(await office.place());
    const first = await office.desk.learn(accountId, event);
    expect(first).toMatchObject({ state: 'paid', receivedFen: 3_000, promisedFen: 0 });
    expect(first).not.toHaveProperty('checkAt');
    for (let time = 0; time < 15; time += 1) {
      office.time.now += minute;
      expect(await office.desk.learn(accountId, event)).toEqual(first);
    }
    expect(office.subject.told).toEqual(['kept']);
  });

  it('is found by asking when no callback comes', async () => {
    const order = await office.place();
    await office.pay(order);
    office.time.now += minute;
    await office.settle();
    expect(await find(order.orderId)).toMatchObject({ state: 'paid', transactionId: `t-${order.orderNo}` });
    expect(office.subject.told).toEqual(['kept']);
  });

  it.each([
    ['of another amount', { paidFen: 1 }, 'amount_differs'],
    ['by somebody else', { openid: 'oOther' }, 'other_payer'],
  ])('%s is refused, and nothing changes', async (_what, wrong, code) => {
    const order = await office.place();
    const event = await office.pay(order);
    const before = await find(order.orderId);
    const forged = { ...event, state: { ...event.state, ...wrong } };
    await expect(office.desk.learn(accountId, forged)).rejects.toMatchObject({ code });
    expect(await find(order.orderId)).toEqual(before);
    expect(office.subject.told).toEqual([]);
  });

  it('for an order that is not ours, or of another account, is refused', async () => {
    const event = await office.pay(await office.place());
    await expect(office.desk.learn('other', event)).rejects.toMatchObject({ code: 'no_such_order' });
    await expect(office.desk.learn(accountId, { ...event, orderNo: 'unknown' })).rejects.toMatchObject({
      code: 'no_such_order',
    });
  });

  it('of a second transaction for one order is refused', async () => {
    const event = await office.pay(await office.place());
    await office.desk.learn(accountId, event);
    const second = { ...event, state: { ...event.state, transactionId: 't-2' } };
    await expect(office.desk.learn(accountId, second)).rejects.toMatchObject({ code: 'other_transaction' });
  });

  it('that comes when its place is gone is paid back in full', async () => {
    office.subject.isLost = true;
    const order = await office.placePaid();
    expect(order).toMatchObject({ state: 'paid', paidLate: true, receivedFen: 3_000, promisedFen: 3_000 });
    await office.follow();
    const { refundNo } = order.refunds[0]!;
    expect(office.gateway.refunds.get(refundNo)).toMatchObject({ amountFen: 3_000 });
    office.gateway.endRefund(refundNo, 'succeeded', office.time.now);
    office.time.now += minute;
    await office.follow();
    expect((await find(order.orderId)).refunds).toMatchObject([
      { state: 'succeeded', refundId: `r-${refundNo}` },
    ]);
    expect(office.subject.told).toEqual(['lost', 'refund succeeded']);
  });

  it('that comes after closing retakes the place where the subject has one', async () => {
    const order = await office.place();
    const event = await office.pay(order);
    office.orders.orders.get(`${accountId}/${order.orderId}`)!.state = 'closed';
    expect(await office.desk.learn(accountId, event)).toMatchObject({ state: 'paid', promisedFen: 0 });
  });

  it('is not taken in where its subject fails; the callback comes again', async () => {
    const order = await office.place();
    const event = await office.pay(order);
    office.subject.paid = async () => {
      throw new Error('the subject fails');
    };
    await expect(office.desk.learn(accountId, event)).rejects.toThrow('the subject fails');
    expect(await find(order.orderId)).toMatchObject({ state: 'open', receivedFen: 0 });
  });
});

describe('an unpaid order', () => {
  it('is closed at the platform once its time is over, and its subject is told once', async () => {
    const order = await office.place();
    await office.desk.prepare(citizen, order.orderId);
    office.time.now += 15 * minute;
    await office.settle();
    await office.settle();
    const closed = await find(order.orderId);
    expect(closed.state).toBe('closed');
    expect(closed).not.toHaveProperty('checkAt');
    expect(office.gateway.orders.get(order.orderNo)!.state).toEqual({ kind: 'closed' });
    expect(office.subject.told).toEqual(['closed']);
  });

  it('that nobody ever prepared is closed all the same', async () => {
    const order = await office.place();
    office.time.now += 15 * minute;
    await office.settle();
    expect((await find(order.orderId)).state).toBe('closed');
  });

  it('stays closing, and cannot be paid any more, until the platform has confirmed', async () => {
    const order = await office.place();
    await office.desk.prepare(citizen, order.orderId);
    await office.transactions.run((tx) => office.desk.askClosing(tx, accountId, order.orderId));
    await expect(office.desk.prepare(citizen, order.orderId)).rejects.toMatchObject({ code: 'order_closed' });
    office.gateway.failing = 'before';
    await office.settle();
    expect((await find(order.orderId)).state).toBe('closing');
    office.gateway.failing = 'no';
    office.time.now += minute;
    await office.settle();
    expect((await find(order.orderId)).state).toBe('closed');
  });

  it('that was paid while it was being closed is paid', async () => {
    const order = await office.place();
    await office.pay(order);
    await office.transactions.run((tx) => office.desk.askClosing(tx, accountId, order.orderId));
    await office.settle();
    expect((await find(order.orderId)).state).toBe('paid');
  });

  it('that cannot be settled holds up no other, and is reported', async () => {
    const [odd, other] = [await office.place(), await office.place()];
    await office.pay(other);
    await office.pay(odd);
    const there = office.gateway.orders.get(odd.orderNo)!;
    there.state = { ...there.state, paidFen: 1 } as typeof there.state;
    office.time.now += minute;
    expect(await office.settle()).toMatchObject({ checked: 2, failed: 1 });
    expect((await find(other.orderId)).state).toBe('paid');
    expect(await office.settle()).toMatchObject({ checked: 0 });
  });
});

describe('a refund', () => {
  const refund = (orderId: string, amountFen: number, actor = teacher, reason = '课程取消') =>
    office.desk.refund({ accountId, orderId, amountFen, reason }, actor);

  it('may be of a part, several times, a minute apart, up to what was received', async () => {
    const { orderId } = await office.placePaid();
    await refund(orderId, 1_000);
    await expect(refund(orderId, 500)).rejects.toMatchObject({ code: 'refund_too_soon' });
    office.time.now += minute;
    await refund(orderId, 2_000);
    office.time.now += minute;
    await expect(refund(orderId, 1)).rejects.toMatchObject({ code: 'refund_exceeds' });
    await office.follow();
    office.time.now += minute;
    await office.follow();
    expect(office.gateway.refundRequests.map(({ refundFen }) => refundFen)).toEqual([1_000, 2_000]);
    expect(office.auditStore.events.map(({ action }) => action)).toEqual(['order.refund', 'order.refund']);
  });

  it('is refused for what is not paid, long ago, without a reason, or no amount', async () => {
    const open = await office.place();
    await expect(refund(open.orderId, 1)).rejects.toMatchObject({ code: 'not_paid' });
    const { orderId } = await office.placePaid();
    await expect(refund('unknown', 1)).rejects.toMatchObject({ code: 'no_such_order' });
    for (const wrong of [0, -1, 0.5, Number.NaN])
      await expect(refund(orderId, wrong)).rejects.toMatchObject({ code: 'bad_amount' });
    for (const wrong of ['', ' ', '长'.repeat(81)])
      await expect(refund(orderId, 1, teacher, wrong)).rejects.toMatchObject({ code: 'bad_reason' });
    office.time.now += 365 * day + 1;
    await expect(refund(orderId, 1)).rejects.toMatchObject({ code: 'refund_too_late' });
    expect(office.auditStore.events).toEqual([]);
  });

  it('is one of fifty at most', async () => {
    const { orderId } = await office.placePaid();
    for (let count = 0; count < 50; count += 1) {
      await refund(orderId, 1);
      office.time.now += minute;
    }
    await expect(refund(orderId, 1)).rejects.toMatchObject({ code: 'too_many_refunds' });
  });

  it('above an amount waits for a second person, and small ones add up to it', async () => {
    office = openOrderDesk({ approvalAboveFen: 1_000 });
    const { orderId } = await office.placePaid();
    expect((await refund(orderId, 1_000)).refunds[0]).toMatchObject({ state: 'requested' });
    office.time.now += minute;
    const { refunds } = await refund(orderId, 1);
    expect(refunds[1]).toMatchObject({ state: 'proposed' });
    await office.follow();
    expect(office.gateway.refundRequests.length).toBe(1);
    expect(await office.desk.listByRefundState(accountId, ['proposed'], 10)).toMatchObject([{ orderId }]);

    const decision = { accountId, orderId, refundNo: refunds[1]!.refundNo };
    await expect(office.desk.approveRefund(decision, teacher)).rejects.toMatchObject({ code: 'same_person' });
    await office.desk.approveRefund(decision, leader);
    await expect(office.desk.approveRefund(decision, leader)).rejects.toMatchObject({
      code: 'already_decided',
    });
    office.time.now += minute;
    await office.follow();
    expect(office.gateway.refundRequests.map(({ refundFen }) => refundFen)).toContain(1);
  });

  it('that is turned down leaves its money free for another', async () => {
    office = openOrderDesk({ approvalAboveFen: 0 });
    const { orderId } = await office.placePaid();
    const { refunds } = await refund(orderId, 3_000);
    const decision = { accountId, orderId, refundNo: refunds[0]!.refundNo };
    const after = await office.desk.turnDownRefund(decision, leader, '课程照常进行');
    expect(after).toMatchObject({ promisedFen: 0, refunds: [{ state: 'failed' }] });
    office.time.now += minute;
    expect(await refund(orderId, 3_000)).toMatchObject({ promisedFen: 3_000 });
    expect(office.auditStore.events.map(({ action }) => action)).toContain('order.refund_turn_down');
    await office.follow();
    expect(office.gateway.refundRequests).toEqual([]);
  });

  it('whose answer was lost is asked for again with the same number, and is one refund', async () => {
    const { orderId } = await office.placePaid();
    await refund(orderId, 1_000);
    office.gateway.failing = 'after';
    await office.follow();
    office.gateway.failing = 'no';
    office.time.now += minute;
    await office.follow();
    const [first, second] = office.gateway.refundRequests;
    expect(second).toEqual(first);
    expect(office.gateway.refunds.size).toBe(1);
    expect((await find(orderId)).refunds).toMatchObject([{ state: 'processing' }]);
  });

  it('that is refused after an answer was lost is not given up before the platform was asked', async () => {
    const { orderId } = await office.placePaid();
    await refund(orderId, 1_000);
    office.gateway.failing = 'after';
    await office.follow();
    office.gateway.failing = 'no';
    office.gateway.refund = async () => ({ kind: 'refused', reason: 'INVALID_REQUEST' });
    office.time.now += minute;
    await office.follow();
    expect((await find(orderId)).refunds).toMatchObject([{ state: 'processing' }]);
  });

  it('that the platform refuses fails, and its money is kept', async () => {
    const { orderId } = await office.placePaid();
    await refund(orderId, 1_000);
    office.gateway.refusing = 'USER_ACCOUNT_ABNORMAL';
    await office.follow();
    expect(await find(orderId)).toMatchObject({ promisedFen: 0, refunds: [{ state: 'failed' }] });
    expect(office.subject.told).toEqual(['kept', 'refund failed']);
  });

  it('is settled by its callback, however often it comes', async () => {
    const order = await office.placePaid();
    const { refunds } = await refund(order.orderId, 1_000);
    await office.follow();
    const { refundNo } = refunds[0]!;
    const state = office.gateway.endRefund(refundNo, 'succeeded', office.time.now);
    const event = {
      id: 'e',
      createdAt: new Date(),
      kind: 'refund',
      orderNo: order.orderNo,
      refundNo,
      state,
    } as const;
    for (let time = 0; time < 15; time += 1) await office.desk.learn(accountId, event);
    const after = await find(order.orderId);
    expect(after).toMatchObject({ promisedFen: 1_000, refunds: [{ state: 'succeeded' }] });
    expect(after).not.toHaveProperty('checkAt');
    expect(office.subject.told).toEqual(['kept', 'refund succeeded']);
  });

  it('of another amount, or unheard of, is refused', async () => {
    const order = await office.placePaid();
    const { refunds } = await refund(order.orderId, 1_000);
    const event = { id: 'e', createdAt: new Date(), kind: 'refund', orderNo: order.orderNo } as const;
    const state = { kind: 'succeeded', refundId: 'r', refundedFen: 999, at: new Date() } as const;
    await expect(
      office.desk.learn(accountId, { ...event, refundNo: refunds[0]!.refundNo, state }),
    ).rejects.toMatchObject({ code: 'amount_differs' });
    await expect(office.desk.learn(accountId, { ...event, refundNo: 'R', state })).rejects.toMatchObject({
      code: 'no_such_refund',
    });
  });

  it('that the payer’s card cannot take waits for a person, and ends when the platform says so', async () => {
    const order = await office.placePaid();
    const { refunds } = await refund(order.orderId, 1_000);
    const { refundNo } = refunds[0]!;
    await office.follow();
    office.gateway.endRefund(refundNo, 'abnormal', office.time.now);
    office.time.now += 2 * minute;
    await office.follow();
    expect(await find(order.orderId)).toMatchObject({ promisedFen: 1_000, refunds: [{ state: 'abnormal' }] });
    office.gateway.endRefund(refundNo, 'succeeded', office.time.now);
    office.time.now += day;
    await office.follow();
    expect((await find(order.orderId)).refunds).toMatchObject([{ state: 'succeeded' }]);
    expect(office.subject.told).toEqual(['kept', 'refund abnormal', 'refund succeeded']);
  });

  it('that a feature’s rules give needs no second person, and is gone where its transaction fails', async () => {
    office = openOrderDesk({ approvalAboveFen: 0 });
    const { orderId } = await office.placePaid();
    const order = { accountId, orderId, amountFen: 1_500, reason: '开课前三天取消，退一半' };
    await expect(
      office.transactions.run(async (tx) => {
        await office.desk.refundWithin(tx, order);
        throw new Error('the registration could not be cancelled');
      }),
    ).rejects.toThrow('could not be cancelled');
    expect(await find(orderId)).toMatchObject({ promisedFen: 0, refunds: [] });
    await office.transactions.run((tx) => office.desk.refundWithin(tx, order));
    expect((await find(orderId)).refunds).toMatchObject([
      { state: 'requested', requestedBy: { staffId: 'system' } },
    ]);
  });
});
