import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accountId,
  activityId,
  buildGroup,
  citizen,
  day,
  hour,
  minute,
  monday,
  person,
} from '../../../support/activity-builders.js';
import { outcomeOf } from '../../../support/booking.js';
import { findInconsistencies, openActivities, type ActivityBench } from '../../../support/open-activities.js';
import { clerk } from '../../../support/registrations.js';

let bench: ActivityBench;
const opened: ActivityBench[] = [];
beforeEach(async () => {
  bench = await openActivities();
  opened.push(bench);
});
afterEach(async () => {
  expect(await findInconsistencies(bench)).toEqual([]);
});
afterAll(() => Promise.all(opened.map(({ dispose }) => dispose())));

const begins = monday + 5 * day + hour;
const stateOf = async (registrationId: string) =>
  (await bench.registrations.find(accountId, registrationId))!.state;

describe('a free activity, first come', () => {
  it('confirms with a ticket, and shows the person masked', async () => {
    await bench.publish();
    const view = await bench.register(1);
    expect(view).toMatchObject({ state: 'confirmed', feeFen: 0, payment: 'none', isCancellable: true });
    expect(view.ticketId).toBeDefined();
    expect(view.person).toEqual({
      name: '市**',
      idNumber: expect.stringMatching(/\*/),
      phone: '138****0000',
    });
    expect(await bench.desk.listOf(citizen(1))).toEqual([view]);
    expect(JSON.stringify(await bench.records())).not.toContain(person(1).idNumber);
  });

  it('is the same registration when the same request comes again', async () => {
    await bench.publish();
    const views = await Promise.all([bench.register(1), bench.register(1), bench.register(1)]);
    expect(new Set(views.map(({ registrationId }) => registrationId)).size).toBe(1);
    expect(await bench.taken()).toBe(1);
  });

  it('is full when the group or the whole is', async () => {
    const groups = [buildGroup({ id: 'a', quota: 1 }), buildGroup({ id: 'b', quota: 5 })];
    await bench.publish({ quota: 2, groups });
    await bench.register(1, { groupId: 'a' });
    expect(await outcomeOf(bench.register(2, { groupId: 'a' }))).toBe('group_full');
    await bench.register(3, { groupId: 'b' });
    expect(await outcomeOf(bench.register(4, { groupId: 'b' }))).toBe('group_full');
  });

  it('offers a freed place at once to the first who waits, and confirms what is accepted', async () => {
    await bench.publish({ quota: 1 });
    const first = await bench.register(1);
    const waits = [await bench.register(2, {}, true)];
    bench.clock.pass(1);
    waits.push(await bench.register(3, {}, true));
    expect(waits.map(({ state, position }) => [state, position])).toEqual([
      ['waiting', 0],
      ['waiting', 1],
    ]);
    await bench.desk.cancel(citizen(1), first.registrationId);
    expect(await bench.notices()).toEqual([['o-2', 'offered']]);
    const [offered] = await bench.desk.listOf(citizen(2));
    expect(offered).toMatchObject({ state: 'offered', until: new Date(bench.clock.at + hour) });
    expect(await outcomeOf(bench.register(4))).toBe('group_full');
    const accepted = await bench.desk.accept(citizen(2), waits[0]!.registrationId);
    expect(accepted.state).toBe('confirmed');
    expect(await bench.desk.accept(citizen(2), waits[0]!.registrationId)).toEqual(accepted);
    expect(await bench.taken()).toBe(1);
  });

  it('passes a lapsed offer on, whether a job has run or a newcomer asks', async () => {
    await bench.publish({ quota: 1 });
    const { registrationId } = await bench.register(1);
    const second = await bench.register(2, {}, true);
    bench.clock.pass(1);
    const third = await bench.register(3, {}, true);
    await bench.desk.cancel(citizen(1), registrationId);
    bench.clock.pass(hour);
    expect((await bench.desk.find(citizen(2), second.registrationId)).state).toBe('lapsed');
    expect(await outcomeOf(bench.desk.accept(citizen(2), second.registrationId))).toBe('offer_lapsed');
    expect((await bench.register(4, {}, true)).state).toBe('waiting');
    expect(await stateOf(third.registrationId)).toBe('offered');
    bench.clock.pass(hour);
    expect(await bench.upkeep.endExpired(bench.clock.at)).toBe(1);
    expect(await stateOf(third.registrationId)).toBe('lapsed');
    expect(await bench.notices()).toEqual([
      ['o-2', 'offered'],
      ['o-2', 'lapsed'],
      ['o-3', 'offered'],
      ['o-3', 'lapsed'],
      ['o-4', 'offered'],
    ]);
  });

  it('offers what a larger quota adds before newcomers get it', async () => {
    await bench.publish({ quota: 1, groups: [buildGroup({ quota: 5 })] });
    await bench.register(1);
    const { registrationId } = await bench.register(2, {}, true);
    await bench.change({ quota: 2 });
    expect(await outcomeOf(bench.register(3))).toBe('group_full');
    expect(await bench.upkeep.offerFree()).toBe(1);
    expect(await stateOf(registrationId)).toBe('offered');
  });

  it('offers to the first whose group has room', async () => {
    const groups = [buildGroup({ id: 'a', quota: 1 }), buildGroup({ id: 'b', quota: 2 })];
    await bench.publish({ quota: 3, groups });
    await bench.register(1, { groupId: 'a' });
    const inB = await bench.register(2, { groupId: 'b' });
    await bench.register(3, { groupId: 'b' });
    const [waitsForA, waitsForB] = [
      await bench.register(4, { groupId: 'a' }, true),
      await bench.register(5, { groupId: 'b' }, true),
    ];
    await bench.desk.cancel(citizen(2), inB.registrationId);
    expect(await stateOf(waitsForA.registrationId)).toBe('waiting');
    expect(await stateOf(waitsForB.registrationId)).toBe('offered');
  });

  it('ends waits that were in vain when it begins', async () => {
    await bench.publish({ quota: 1 });
    await bench.register(1);
    const { registrationId } = await bench.register(2, {}, true);
    bench.clock.at = begins;
    expect(await bench.upkeep.endExpired(bench.clock.at)).toBe(1);
    expect(await stateOf(registrationId)).toBe('lapsed');
  });
});

describe('what is refused', () => {
  it.each([
    ['no_such_activity', { activityId: 'nothing' }],
    ['no_such_group', { groupId: 'nothing' }],
    ['form_changed', { formVersion: 2 }],
    ['consent_missing', { consent: { notice: ' ', at: new Date(monday) } }],
    ['bad_request_key', { requestKey: 'short' }],
    ['bad_name', { person: { ...person(1), name: ' ' } }],
    ['bad_id_number', { person: { ...person(1), idNumber: '441402199001010000' } }],
    ['bad_phone', { person: { ...person(1), phone: '12' } }],
  ])('%s', async (code, overrides) => {
    await bench.publish();
    expect(await outcomeOf(bench.register(1, overrides))).toBe(code);
    expect(await bench.records()).toEqual([]);
  });

  it.each([
    ['not_open_yet', { opensAt: new Date(monday + 1) }],
    ['registration_closed', { closesAt: new Date(monday) }],
    ['registration_closed', { groups: [buildGroup({ startsAt: new Date(monday) })] }],
    ['no_such_activity', { state: 'draft' }],
    ['activity_cancelled', { state: 'cancelled' }],
  ] as const)('%s, of the activity', async (code, overrides) => {
    await bench.publish({
      ...overrides,
      groups: 'groups' in overrides ? [...overrides.groups] : [buildGroup()],
    });
    expect(await outcomeOf(bench.register(1))).toBe(code);
  });

  it('an activity that is called off, or asks for another form, at that very moment', async () => {
    const activity = await bench.publish();
    await bench.transactions.run((tx) => bench.places.close(tx, activity));
    expect(await outcomeOf(bench.register(1))).toBe('activity_cancelled');
    expect(await bench.records()).toEqual([]);
  });

  it('somebody else’s registration', async () => {
    await bench.publish();
    const { registrationId } = await bench.register(1);
    expect(await outcomeOf(bench.desk.find(citizen(2), registrationId))).toBe('no_such_registration');
    expect(await outcomeOf(bench.desk.cancel(citizen(2), registrationId))).toBe('no_such_registration');
  });

  it('one person twice, also with another account', async () => {
    await bench.publish({ limitPerPerson: 2 });
    await bench.register(1);
    expect(await outcomeOf(bench.register(2, { person: person(1) }))).toBe('person_limit');
    await bench.change({ quota: 1 });
    expect(await outcomeOf(bench.register(3, { person: person(1) }))).toBe('person_limit');
    expect(await outcomeOf(bench.register(4))).toBe('group_full');
  });

  it('more than the limit, and shifts that overlap', async () => {
    const at = (from: number, to: number) => ({
      startsAt: new Date(begins + from * hour),
      endsAt: new Date(begins + to * hour),
    });
    const groups = [
      buildGroup({ id: 'early', ...at(0, 2) }),
      buildGroup({ id: 'middle', ...at(1, 3) }),
      buildGroup({ id: 'late', ...at(2, 4) }),
      buildGroup({ id: 'night', ...at(8, 9) }),
    ];
    await bench.publish({ groups, limitPerPerson: 2 });
    const shift = (groupId: string) =>
      outcomeOf(bench.register(1, { groupId, requestKey: `shift-${groupId}` }));
    expect(await shift('early')).toBe('done');
    expect(await shift('middle')).toBe('shift_overlap');
    expect(await shift('late')).toBe('done');
    expect(await shift('night')).toBe('person_limit');
    expect((await bench.records()).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  });
});

describe('an activity with a fee', () => {
  const fee = { feeFen: 3_000, quota: 1 };

  it('holds the place until it is paid, then confirms it', async () => {
    await bench.publish(fee);
    const held = await bench.register(1);
    expect(held).toMatchObject({
      state: 'held',
      payment: 'due',
      until: new Date(monday + 15 * minute),
      refundFen: 0,
    });
    expect(await outcomeOf(bench.register(2))).toBe('group_full');
    const paid = await bench.pay(held.registrationId);
    await bench.orders.learn(accountId, paid);
    await bench.orders.learn(accountId, paid);
    expect(await bench.desk.find(citizen(1), held.registrationId)).toMatchObject({
      state: 'confirmed',
      payment: 'paid',
      refundFen: 3_000,
    });
  });

  it('gives the place back when nobody paid in time, to whoever waits', async () => {
    await bench.publish(fee);
    const held = await bench.register(1);
    const waits = await bench.register(2, {}, true);
    bench.clock.pass(15 * minute);
    await bench.settle();
    expect(await stateOf(held.registrationId)).toBe('lapsed');
    expect(await stateOf(waits.registrationId)).toBe('offered');
    const accepted = await bench.desk.accept(citizen(2), waits.registrationId);
    expect(accepted).toMatchObject({ state: 'held', payment: 'due' });
  });

  it('retakes a place for a payment that comes late, if there is one', async () => {
    await bench.publish(fee);
    const held = await bench.register(1);
    const paid = await bench.pay(held.registrationId);
    const { orderNo } = await bench.findOrder(held.registrationId);
    bench.gateway.orders.delete(orderNo);
    bench.clock.pass(15 * minute);
    await bench.settle();
    expect(await stateOf(held.registrationId)).toBe('lapsed');
    const order = await bench.orders.learn(accountId, paid);
    expect(order).toMatchObject({ state: 'paid', promisedFen: 0 });
    expect(await stateOf(held.registrationId)).toBe('confirmed');
    expect(await bench.taken()).toBe(1);
  });

  it.each([
    ['the place is another’s', () => bench.register(2)],
    ['the activity was called off', () => bench.callOff()],
    ['the person has registered again', () => bench.register(1, { requestKey: 'another-request' })],
    ['it has begun', async () => void (bench.clock.at = begins)],
  ])('pays all of it back when it comes late and %s', async (_why, happen) => {
    await bench.publish({ ...fee, quota: 2, groups: [buildGroup({ quota: 1 })] });
    const held = await bench.register(1);
    const paid = await bench.pay(held.registrationId);
    bench.gateway.orders.delete((await bench.findOrder(held.registrationId)).orderNo);
    bench.clock.pass(15 * minute);
    await bench.settle();
    await happen();
    const order = await bench.orders.learn(accountId, paid);
    expect(order).toMatchObject({ state: 'paid', paidLate: true, promisedFen: 3_000 });
    expect(await stateOf(held.registrationId)).toBe('lapsed');
    expect(await bench.notices()).toContainEqual(['o-1', 'paid_late']);
  });

  it('pays back what comes for a hold that was given up', async () => {
    await bench.publish(fee);
    const held = await bench.register(1);
    const paid = await bench.pay(held.registrationId);
    await bench.desk.cancel(citizen(1), held.registrationId);
    expect(await bench.taken()).toBe(0);
    expect(await bench.orders.learn(accountId, paid)).toMatchObject({ paidLate: true, promisedFen: 3_000 });
    expect(await stateOf(held.registrationId)).toBe('cancelled');
  });

  it.each([
    [48, 3_000],
    [47, 1_500],
    [24, 1_500],
    [23, 0],
  ])('gives back by its rules: %d hours before', async (hours, refundFen) => {
    await bench.publish({ ...fee, closesAt: new Date(begins) });
    const { registrationId } = await bench.buy(1);
    bench.clock.at = begins - hours * hour;
    expect((await bench.desk.find(citizen(1), registrationId)).refundFen).toBe(refundFen);
    await bench.desk.cancel(citizen(1), registrationId);
    await bench.desk.cancel(citizen(1), registrationId);
    expect((await bench.findOrder(registrationId)).promisedFen).toBe(refundFen);
    expect((await bench.desk.find(citizen(1), registrationId)).payment).toBe(
      refundFen === 0 ? 'paid' : 'refunding',
    );
  });

  it('gives everything back after time or place changed', async () => {
    await bench.publish(fee);
    const { registrationId } = await bench.buy(1);
    await bench.change({ movedAt: new Date(monday + hour) });
    bench.clock.at = begins - hour;
    await bench.desk.cancel(citizen(1), registrationId);
    expect((await bench.findOrder(registrationId)).promisedFen).toBe(3_000);
  });

  it('cannot be cancelled once it has begun, but by staff, who give everything back', async () => {
    await bench.publish(fee);
    const { registrationId } = await bench.buy(1);
    bench.clock.at = begins;
    expect(await outcomeOf(bench.desk.cancel(citizen(1), registrationId))).toBe('not_changeable');
    const order = { accountId, registrationId, reason: ' ' };
    expect(await outcomeOf(bench.office.cancelForCitizen(order, clerk))).toBe('reason_missing');
    await bench.office.cancelForCitizen({ ...order, reason: '来不了，电话 13800000000' }, clerk);
    expect((await bench.findOrder(registrationId)).promisedFen).toBe(3_000);
    expect(await bench.notices()).toEqual([['o-1', 'cancelled']]);
  });

  it('tells what became of a refund', async () => {
    await bench.publish(fee);
    const { registrationId } = await bench.buy(1);
    await bench.desk.cancel(citizen(1), registrationId);
    bench.clock.pass(minute);
    await bench.orders.followRefunds(new AbortController().signal);
    const { refunds } = await bench.findOrder(registrationId);
    bench.gateway.endRefund(refunds[0]!.refundNo, 'succeeded', bench.clock.at);
    bench.clock.pass(day);
    await bench.orders.followRefunds(new AbortController().signal);
    expect(await bench.notices()).toEqual([['o-1', 'refunded']]);
    expect((await bench.desk.find(citizen(1), registrationId)).payment).toBe('refunded');
  });
});

describe('an activity that staff approve', () => {
  it('keeps a place from the application on; approved: confirmed, or to be paid for', async () => {
    await bench.publish({ needsApproval: true, quota: 1, feeFen: 3_000 });
    const { registrationId, state } = await bench.register(1);
    expect(state).toBe('applied');
    expect(await outcomeOf(bench.register(2))).toBe('group_full');
    const approved = await bench.office.approve({ accountId, registrationId }, clerk);
    // Nobody is at it: as long as an offer.
    expect(approved).toMatchObject({ state: 'held', until: new Date(monday + hour) });
    expect(await outcomeOf(bench.office.approve({ accountId, registrationId }, clerk))).toBe(
      'already_decided',
    );
    expect(await bench.notices()).toEqual([['o-1', 'approved']]);
  });

  it('gives the place of whoever is turned down to whoever waits', async () => {
    await bench.publish({ needsApproval: true, quota: 1 });
    const { registrationId } = await bench.register(1);
    const waits = await bench.register(2, {}, true);
    const order = { accountId, registrationId, reason: '材料不齐' };
    expect(await bench.office.turnDown(order, clerk)).toMatchObject({
      state: 'unsuccessful',
      endedBecause: '材料不齐',
    });
    const accepted = await bench.desk.accept(citizen(2), waits.registrationId);
    expect(accepted.state).toBe('applied');
    expect(await bench.notices()).toEqual([
      ['o-2', 'offered'],
      ['o-1', 'turned_down'],
    ]);
  });
});

describe('an activity that is called off', () => {
  it('closes everybody, pays all back in full and tells them; nobody twice', async () => {
    await bench.publish({ quota: 3, feeFen: 3_000, groups: [buildGroup({ quota: 3 })] });
    for (const nth of [1, 2]) await bench.buy(nth);
    await bench.register(3);
    await bench.register(4, {}, true);
    await bench.callOff();
    const signal = new AbortController().signal;
    const reports = await Promise.all([
      bench.upkeep.closeCancelled(signal),
      bench.upkeep.closeCancelled(signal),
    ]);
    expect(reports.reduce((sum, { closed }) => sum + closed, 0)).toBe(4);
    expect(await bench.upkeep.closeCancelled(signal)).toEqual({ closed: 0, failed: 0, reasons: [] });
    const records = await bench.records();
    expect(records.map(({ state, endedBecause }) => [state, endedBecause])).toEqual(
      Array.from({ length: 4 }, () => ['closed', '台风预警']),
    );
    for (const nth of [1, 2]) {
      const [mine] = await bench.desk.listOf(citizen(nth));
      expect(mine).toMatchObject({ state: 'closed', payment: 'refunding' });
      expect((await bench.findOrder(mine!.registrationId)).promisedFen).toBe(3_000);
    }
    expect((await bench.notices()).map(([, kind]) => kind)).toEqual(['closed', 'closed', 'closed', 'closed']);
    expect(await bench.taken()).toBe(0);
    expect(await bench.places.listUncleared(10)).toEqual([]);
    expect(await bench.places.find({ accountId, activityId })).toMatchObject({ isOpen: false });
  });
});

describe('whoever is let in', () => {
  it('has arrived, and is out again where that was a mistake', async () => {
    await bench.publish();
    const { registrationId } = await bench.register(1);
    const at = new Date(begins);
    await bench.transactions.run((tx) => bench.arrivals.arrived(tx, accountId, registrationId, at));
    expect(await bench.registrations.find(accountId, registrationId)).toMatchObject({
      state: 'arrived',
      arrivedAt: at,
    });
    await bench.transactions.run((tx) => bench.arrivals.undone(tx, accountId, registrationId, at));
    const found = await bench.registrations.find(accountId, registrationId);
    expect(found!.state).toBe('confirmed');
    expect(found).not.toHaveProperty('arrivedAt');
  });
});
