import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { activityQuestionSchema } from '../../../../src/features/activities/activity.js';
import { accountId, buildGroup, citizen, day, minute, monday } from '../../../support/activity-builders.js';
import { outcomeOf } from '../../../support/booking.js';
import { openActivityOffice, wire, type ActivityOffice } from '../../../support/open-activity-office.js';

let office: ActivityOffice;
beforeAll(async () => {
  office = await openActivityOffice();
});
beforeEach(() => {
  office.clock.at = monday;
});
afterAll(() => office.close());

const at = (ms: number) => new Date(monday + ms);

describe('a change of what citizens see', () => {
  const change = (id: string, overrides: Parameters<typeof wire>[0], baseRevision = 2) =>
    office.ask('leader', 'put', `/${id}/published`, { plan: wire(overrides), baseRevision });

  it('of the questions lets nobody register with the old form', async () => {
    const id = await office.publish();
    const questions = [
      activityQuestionSchema.parse({ key: 'size', label: '尺码', question: '穿多大？', type: 'text' }),
    ];
    expect((await change(id, { questions })).body).toMatchObject({ formVersion: 2, movedAt: null });
    expect(await outcomeOf(office.register(id, 1))).toBe('form_changed');
    await office.register(id, 1, { formVersion: 2, answers: { size: '大' } });
    expect(await office.audited('activity.change_published')).toMatchObject([
      { changes: [{ path: 'questions', before: [] }] },
    ]);
  });

  it('of the place is forecast, and gives whoever has paid the right to the whole fee', async () => {
    const id = await office.publish({ feeFen: 1_000 });
    const { registrationId, orderId } = await office.register(id, 1);
    await office.pay(orderId!);
    await office.register(id, 2);
    const plan = { feeFen: 1_000, place: '文化公园' };
    const forecast = await office.ask('leader', 'post', `/${id}/published/forecast`, {
      plan: wire(plan),
      baseRevision: 2,
    });
    expect(forecast.body).toMatchObject({
      raisesForm: true,
      moves: true,
      standing: 2,
      refundableFen: 1_000,
      overfull: [],
    });
    office.clock.at = monday + 5 * day - minute;
    expect((await office.desk.find(citizen(1), registrationId)).refundFen).toBe(0);
    expect((await change(id, plan)).body.movedAt).toBe(new Date(office.clock.at).toISOString());
    expect((await office.desk.find(citizen(1), registrationId)).refundFen).toBe(1_000);
  });

  it('keeps the groups in which somebody is, and takes away the others', async () => {
    const groups = [buildGroup({ quota: 5 }), buildGroup({ id: 'more', name: '加班车', quota: 5 })];
    const id = await office.publish({ groups });
    await office.register(id, 1);
    expect((await change(id, { groups: [groups[1]!] })).body.error).toMatchObject({
      code: 'group_in_use',
      details: { groupId: 'all' },
    });
    expect((await change(id, { groups: [groups[0]!] })).status).toBe(200);
    expect(await outcomeOf(office.register(id, 2, { groupId: 'more', formVersion: 2 }))).toBe(
      'no_such_group',
    );
  });

  it('never takes a group away under whoever registers at the same moment', async () => {
    const groups = [buildGroup({ quota: 5 }), buildGroup({ id: 'more', name: '加班车', quota: 5 })];
    for (let round = 1; round <= 10; round += 1) {
      const id = await office.publish({ groups });
      const [{ status }, registered] = await Promise.all([
        change(id, { groups: [groups[0]!] }),
        outcomeOf(office.register(id, round, { groupId: 'more' })),
      ]);
      expect([200, 409]).toContain(status);
      expect(registered === 'done').toBe(status === 409);
    }
    expect(await office.reconcile(accountId)).toEqual([]);
  });

  it('leaves alone what was promised: how people get in, and what comes back', async () => {
    const id = await office.publish({ feeFen: 100 });
    expect((await change(id, { feeFen: 100, mode: 'lots' })).body.error.code).toBe('mode_fixed');
    await office.register(id, 1);
    expect((await change(id, { feeFen: 100, refundRules: [] })).body.error.code).toBe('refund_rules_fixed');
  });

  it('to a smaller number of places takes none away', async () => {
    const id = await office.publish({ quota: 2 });
    await office.register(id, 1);
    await office.register(id, 2);
    const plan = wire({ quota: 1 });
    const { body } = await office.ask('leader', 'post', `/${id}/published/forecast`, {
      plan,
      baseRevision: 2,
    });
    expect(body.overfull).toEqual([{ groupId: null, quota: 1, taken: 2 }]);
    expect((await change(id, { quota: 1 })).body.counts.total).toMatchObject({ quota: 1, taken: 2 });
    expect(await outcomeOf(office.register(id, 3))).toBe('group_full');
  });

  it('to a larger one offers the places to those who wait', async () => {
    const id = await office.publish({ quota: 1 });
    await office.register(id, 1);
    const { registrationId } = await office.register(id, 2, {}, true);
    await change(id, { quota: 2 });
    expect(await office.run('activity-offers.make')).toEqual({ offered: 1 });
    expect((await office.desk.find(citizen(2), registrationId)).state).toBe('offered');
  });
});

describe('the end of an activity that does not take place', () => {
  it('is forecast, on record, and told to everybody, who get their money back', async () => {
    const id = await office.publish({ feeFen: 500 });
    const { registrationId, orderId } = await office.register(id, 1);
    await office.pay(orderId!);
    const forecast = await office.ask('leader', 'get', `/${id}/cancellation/forecast`);
    expect(forecast.body).toEqual({ standing: 1, refundFen: 500 });
    const cancelled = await office.ask('leader', 'post', `/${id}/cancellation`, { reason: '台风预警' });
    expect(cancelled.body).toMatchObject({ state: 'cancelled', cancelledBecause: '台风预警' });
    expect((await office.audited('activity.cancel'))[0]).toMatchObject({ reason: '台风预警' });
    expect(await outcomeOf(office.register(id, 2))).toBe('activity_cancelled');
    expect(await office.run('registrations.close')).toEqual({ closed: 1 });
    expect(await office.desk.find(citizen(1), registrationId)).toMatchObject({
      state: 'closed',
      payment: 'refunding',
    });
    expect((await office.ask('leader', 'post', `/${id}/cancellation`, { reason: '又' })).body).toMatchObject({
      error: { code: 'already_cancelled' },
    });
  });

  it('leaves nobody behind who registers at the same moment', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const id = await office.publish();
      await Promise.all([
        outcomeOf(office.register(id, round)),
        office.ask('leader', 'post', `/${id}/cancellation`, { reason: '台风预警' }),
        outcomeOf(office.register(id, round + 100)),
      ]);
      await office.run('registrations.close');
      const { body } = await office.ask('auditor', 'get', `/${id}/counts`);
      expect(body.total).toMatchObject({ taken: 0, confirmed: 0 });
    }
  });

  it('does not come to a draft, nor to what is over', async () => {
    const cancel = (id: string) => office.ask('leader', 'post', `/${id}/cancellation`, { reason: '雨' });
    expect((await cancel(await office.draft())).body.error.code).toBe('not_published');
    const id = await office.publish();
    office.clock.pass(6 * day);
    expect((await cancel(id)).body.error.code).toBe('activity_over');
  });
});

describe('a draw of lots', () => {
  const lots = { mode: 'lots', quota: 2 } as const;

  it('is made by staff once registration has closed, and shows how it fell', async () => {
    const id = await office.publish(lots);
    for (const nth of [1, 2, 3]) await office.register(id, nth);
    const before = await office.ask('auditor', 'get', `/${id}/draw`);
    expect(before.body).toMatchObject({ applied: 3, drawsFrom: at(4 * day).toISOString(), result: null });
    expect((await office.ask('leader', 'post', `/${id}/draw`)).body.error.code).toBe('not_closed_yet');
    office.clock.at = monday + 4 * day;
    const { body } = await office.ask('leader', 'post', `/${id}/draw`);
    expect(body).toMatchObject({
      commitment: before.body.commitment,
      result: { lots: 3, isComplete: true, groups: [{ groupId: 'all', name: '所有人', lots: 3, won: 2 }] },
    });
    expect((await office.ask('auditor', 'get', `/${id}/counts`)).body.total).toMatchObject({
      taken: 2,
      confirmed: 2,
      waiting: 1,
    });
    expect(
      (
        await office.ask('leader', 'put', `/${id}/published`, {
          plan: wire({ ...lots, closesAt: at(5 * day) }),
          baseRevision: 2,
        })
      ).body.error.code,
    ).toBe('drawn_already');
  });

  it('is made by the clock where nobody does', async () => {
    const id = await office.publish(lots);
    await office.register(id, 1);
    expect(await office.run('lots.draw')).toEqual({ drawn: 0, settled: 0 });
    office.clock.at = monday + 4 * day;
    expect(await office.run('lots.draw')).toEqual({ drawn: 1, settled: 0 });
    expect(await office.run('lots.draw')).toEqual({ drawn: 0, settled: 0 });
    expect((await office.activities.find(accountId, id))!.draw?.result?.lots).toBe(1);
  });

  it('is nothing of an activity where the first come', async () => {
    const id = await office.publish();
    expect((await office.ask('auditor', 'get', `/${id}/draw`)).body.error.code).toBe('no_draw');
  });
});
