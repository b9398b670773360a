import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountId, day, hour, monday } from '../../../support/activity-builders.js';
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

describe('drawing up an activity', () => {
  it('leads by an editor to a draft, and by somebody else to citizens', async () => {
    const made = await office.ask('editor', 'post', '', { plan: wire() });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'draft', revision: 1, formVersion: 1, plan: wire(), problems: [expect.anything()] },
    });
    const path = `/${made.body.activityId}`;
    const isPublic = async () =>
      (await office.activities.listPublic(accountId)).some(({ activityId }) => path === `/${activityId}`);
    expect(await isPublic()).toBe(false);
    const published = await office.ask('leader', 'post', `${path}/publish`, { baseRevision: 1 });
    expect(published).toMatchObject({ status: 200, body: { state: 'published', revision: 2 } });
    expect(await isPublic()).toBe(true);
    expect((await office.ask('auditor', 'get', path)).body).toEqual(published.body);
    const [event] = await office.audited('activity.publish');
    expect(event).toMatchObject({
      by: { staffId: 'leader' },
      object: { kind: 'activity', id: made.body.activityId },
    });
  });

  it('keeps a draft that has problems, but does not publish it', async () => {
    const faulty = { endsAt: at(5 * day), needsApproval: true, mode: 'lots' } as const;
    const checked = await office.ask('editor', 'post', '/check', { plan: wire(faulty) });
    const codes = checked.body.problems.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(['ends_before_start', 'lots_with_approval']));
    const id = await office.draft(faulty);
    expect(await office.ask('leader', 'post', `/${id}/publish`, { baseRevision: 1 })).toMatchObject({
      status: 422,
      body: { error: { code: 'not_publishable', details: { problems: checked.body.problems } } },
    });
  });

  it('is not published by whoever edited it last', async () => {
    const id = await office.draft();
    await office.transactions.run(async (tx) => {
      const draft = (await office.activities.find(accountId, id, tx))!;
      await office.store.replace(tx, draft, { ...draft, updatedBy: { staffId: 'leader', name: '领导' } });
    });
    expect(await office.ask('leader', 'post', `/${id}/publish`, { baseRevision: 1 })).toMatchObject({
      status: 403,
      body: { error: { code: 'same_person' } },
    });
    expect((await office.ask('leader/wang', 'post', `/${id}/publish`, { baseRevision: 1 })).status).toBe(200);
  });

  it('tells the second of two editors what the first has made of it', async () => {
    const id = await office.draft();
    const edit = (who: 'editor' | 'editor/wang', title: string) =>
      office.ask(who, 'put', `/${id}`, { plan: wire({ title }), baseRevision: 1 });
    const answers = await Promise.all([edit('editor', '甲'), edit('editor/wang', '乙')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const first = answers.find(({ status }) => status === 200)!;
    expect(answers.find(({ status }) => status === 409)!.body.error).toMatchObject({
      code: 'edited_meanwhile',
      details: { updatedBy: first.body.updatedBy.name, revision: 2, plan: first.body.plan },
    });
  });

  it('shows the leader only what they have seen: an edit meanwhile keeps it from being published', async () => {
    const id = await office.draft();
    await office.ask('editor', 'put', `/${id}`, { plan: wire({ quota: 9 }), baseRevision: 1 });
    const { body } = await office.ask('leader', 'post', `/${id}/publish`, { baseRevision: 1 });
    expect(body.error.code).toBe('edited_meanwhile');
  });

  it('is published once, however many leaders want it at the same moment', async () => {
    const id = await office.draft();
    const answers = await Promise.all(
      (['leader', 'leader/wang', 'leader/chen'] as const).map((who) =>
        office.ask(who, 'post', `/${id}/publish`, { baseRevision: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await office.activities.find(accountId, id))!.revision).toBe(2);
  });

  it('can begin with a copy, and can be given up while it is a draft', async () => {
    const id = await office.publish();
    const copied = await office.ask('editor', 'post', `/${id}/copy`);
    expect(copied).toMatchObject({
      status: 201,
      body: { state: 'draft', plan: { title: '警营开放日（副本）' } },
    });
    const path = `/${copied.body.activityId}?baseRevision=1`;
    expect((await office.ask('editor', 'delete', path)).status).toBe(204);
    expect((await office.ask('editor', 'delete', path)).body.error.code).toBe('no_such_activity');
    expect((await office.ask('editor', 'delete', `/${id}?baseRevision=2`)).body.error.code).toBe(
      'already_published',
    );
  });

  it('cannot ask for a fee that nobody can pay', async () => {
    const poor = await openActivityOffice({ canTakeMoney: false });
    const id = await poor.draft({ feeFen: 100 });
    const { body } = await poor.ask('leader', 'post', `/${id}/publish`, { baseRevision: 1 });
    await poor.close();
    expect(body.error.details.problems).toMatchObject([{ code: 'fee_unpayable', field: 'feeFen' }]);
  });
});

describe('the list of activities', () => {
  it('comes page by page, by section, with how full each is', async () => {
    const own = await openActivityOffice();
    const ids = [];
    for (const days of [5, 6, 7, 8])
      ids.unshift(await own.publish({ startsAt: at(days * day + hour), endsAt: at(days * day + 2 * hour) }));
    await own.draft();
    await own.register(ids[0]!, 1);
    const list = async (query: string) => (await own.ask('auditor', 'get', query)).body;
    const first = await list('?section=current&limit=3');
    expect(first.activities.map(({ activityId }: { activityId: string }) => activityId)).toEqual(
      ids.slice(0, 3),
    );
    expect(first.activities[0].counts).toMatchObject({ quota: 10, taken: 1, confirmed: 1, waiting: 0 });
    const second = await list(`?section=current&limit=3&before=${first.next}`);
    expect(second).toMatchObject({ activities: [{ activityId: ids[3] }], next: null });
    expect((await list('?section=draft')).activities).toHaveLength(1);
    expect((await list('')).activities).toHaveLength(5);
    own.clock.pass(6 * day);
    expect((await list('?section=over')).activities).toHaveLength(1);
    await own.close();
  });
});
