import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountId, monday } from '../../support/booking.js';
import { openAudience, type Audience } from '../../support/open-audience.js';
import { until } from '../../support/until.js';

let audience: Audience;
beforeAll(async () => {
  audience = await openAudience();
});
afterAll(() => audience.close());
beforeEach(async () => {
  await audience.clear();
  await audience.seedDemo();
});

const everybody = { conditions: [] };

describe('segments in the staff API', () => {
  it('are kept under a name, changed and removed, each on record', async () => {
    const made = await audience.ask('noticeSender', 'post', 'segments', { name: '梅江', ...ofMeijiang });
    expect(made).toMatchObject({ status: 201, body: { name: '梅江', revision: 1, ...ofMeijiang } });
    const { id } = made.body;
    const edit = { name: '梅江全部', ...everybody, baseRevision: 1 };
    const changed = await audience.ask('administrator', 'put', `segments/${id}`, edit);
    expect(changed).toMatchObject({ status: 200, body: { id, name: '梅江全部', revision: 2 } });
    expect((await audience.ask('leader', 'get', 'segments')).body).toEqual({ segments: [changed.body] });
    expect((await audience.ask('noticeSender', 'delete', `segments/${id}?baseRevision=2`)).status).toBe(204);
    expect((await audience.ask('leader', 'get', 'segments')).body).toEqual({ segments: [] });
    for (const deed of ['create', 'change', 'remove'])
      expect(await audience.audited(`segment.${deed}`)).toHaveLength(1);
  });

  it('are not overwritten by who has not seen the last change, and shows it', async () => {
    const { body } = await audience.ask('noticeSender', 'post', 'segments', { name: '甲', ...everybody });
    const edits = ['乙', '丙'].map((name) =>
      audience.ask('noticeSender', 'put', `segments/${body.id}`, { name, ...everybody, baseRevision: 1 }),
    );
    const answers = await Promise.all(edits);
    const saved = answers.find(({ status }) => status === 200);
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({
      code: 'revision_conflict',
      details: { theirs: saved?.body },
    });
    expect((await audience.ask('noticeSender', 'delete', `segments/${body.id}?baseRevision=1`)).status).toBe(
      409,
    );
  });

  it('have names that differ, also when two come at once', async () => {
    const ask = () => audience.ask('noticeSender', 'post', 'segments', { name: '甲', ...everybody });
    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
    expect((await ask()).body.error.code).toBe('segment_name_taken');
  });

  it('are refused with every field that is wrong', async () => {
    const conditions = [
      { kind: 'tag', tagIds: [999] },
      { kind: 'booked', day: '2026-11-24', venue: 'nowhere' },
      { kind: 'closed_visit', day: '2026-11-24', venue: 'nowhere' },
    ];
    const { status, body } = await audience.ask('noticeSender', 'post', 'segments', {
      name: '甲',
      conditions,
    });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'bad_rules',
      details: {
        fields: [
          { path: 'conditions.0.tagIds.0', code: 'unknown_tag' },
          { path: 'conditions.1.venue', code: 'unknown_venue' },
          { path: 'conditions.2.venue', code: 'unknown_venue' },
        ],
      },
    });
  });

  it.each([
    [{ kind: 'followed', from: 'yesterday' }],
    [{ kind: 'booked', day: '2026-02-30' }],
    [{ kind: 'tag', tagIds: ['1'] }],
    [{ kind: 'openid', openids: ['o1'] }],
  ])('are no rules: %j', async (condition) => {
    const { status, body } = await audience.ask('noticeSender', 'post', 'size', { conditions: [condition] });
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
  });

  it('tell their size, and who for example, without an openid', async () => {
    await audience.addCitizens(
      { openid: 'o-secret-000001', district: '梅江区', tagIds: [2], subscribedAt: new Date(monday) },
      {
        openid: 'o-secret-000002',
        district: '梅江区',
        unreachable: { reason: 'receiver_permanent:43019', at: new Date(monday) },
      },
      { openid: 'o-secret-000003', district: '梅县区' },
      { openid: 'o-secret-000004', district: '梅江区', subscribed: false },
    );
    expect((await audience.ask('leader', 'post', 'size', ofMeijiang)).body).toEqual({
      followers: 2,
      unreachable: 1,
      placeholders: ['区县'],
    });
    const { body } = await audience.ask('leader', 'post', 'sample', ofMeijiang);
    expect(body.citizens).toEqual([
      {
        openid: '…000001',
        followedAt: new Date(monday).toISOString(),
        tagIds: [2],
        district: '梅江区',
        unreachable: null,
        values: { 区县: '梅江区' },
      },
      {
        openid: '…000002',
        followedAt: null,
        tagIds: [],
        district: '梅江区',
        unreachable: 'receiver_permanent:43019',
        values: { 区县: '梅江区' },
      },
    ]);
  });
});

describe('tags in the staff API', () => {
  it('are made, renamed, given, taken and removed at the platform and here, each on record', async () => {
    audience.platform.follow('o1', new Date(monday)).follow('o2', new Date(monday));
    await audience.addCitizens({ openid: 'o1' }, { openid: 'o2' });
    const { body: tag } = await audience.ask('noticeSender', 'post', 'tags', { name: '车主' });
    expect((await audience.ask('noticeSender', 'put', `tags/${tag.id}`, { name: '老司机' })).status).toBe(
      204,
    );
    const members = (deed: string, ...openids: string[]) =>
      audience.ask('noticeSender', 'post', `tags/${tag.id}/members`, { deed, openids });
    expect((await members('add', 'o1', 'o2')).status).toBe(204);
    expect((await members('take', 'o2')).status).toBe(204);
    expect((await audience.ask('leader', 'get', 'tags')).body).toEqual({
      tags: [
        { id: 2, name: '星标组', followers: 0, isPlatforms: true },
        { id: tag.id, name: '老司机', followers: 1, isPlatforms: false },
      ],
      readAt: new Date(monday).toISOString(),
      isCurrent: true,
    });
    const ofTag = { conditions: [{ kind: 'tag', tagIds: [tag.id] }] };
    expect((await audience.ask('leader', 'post', 'size', ofTag)).body.followers).toBe(1);
    expect((await audience.ask('noticeSender', 'delete', `tags/${tag.id}`)).status).toBe(204);
    expect((await audience.findCitizen('o1'))?.tagIds).toEqual([]);
    expect((await audience.ask('leader', 'post', 'size', ofTag)).body.error.code).toBe('bad_rules');
    for (const deed of ['create', 'rename', 'give', 'take', 'remove'])
      expect(await audience.audited(`tag.${deed}`)).toHaveLength(1);
    expect((await audience.audited('tag.give'))[0]?.changes).toEqual([
      { path: 'openids', after: ['…o1', '…o2'] },
    ]);
  });

  it.each([
    ['post', 'tags', { name: '一二三四五六七八九十一' }, 'tag_name_invalid'],
    ['post', 'tags', { name: '星标组' }, 'tag_name_taken'],
    ['put', 'tags/2', { name: '别的' }, 'tag_of_platform'],
    ['delete', 'tags/1', {}, 'tag_of_platform'],
    ['post', 'tags/2/members', { deed: 'add', openids: ['o1'] }, 'tag_of_platform'],
    ['put', 'tags/999', { name: '别的' }, 'tag_unknown'],
    ['post', 'taggings', { tagId: 999, deed: 'add', conditions: [] }, 'tag_unknown'],
  ] as const)('refuse %s %s %j as %s, and nothing is on record', async (method, path, body, code) => {
    expect((await audience.ask('noticeSender', method, path, body)).body.error.code).toBe(code);
    expect((await audience.trail.list({ accountId }, 10)).events).toEqual([]);
  });

  it('change nobody where one of those who are named is refused', async () => {
    audience.platform.follow('o1', new Date(monday));
    await audience.addCitizens({ openid: 'o1' });
    const { body: tag } = await audience.ask('noticeSender', 'post', 'tags', { name: '车主' });
    const body = { deed: 'add', openids: ['o1', 'gone'] };
    const answer = await audience.ask('noticeSender', 'post', `tags/${tag.id}/members`, body);
    expect(answer.body.error.code).toBe('follower_unknown');
    expect((await audience.findCitizen('o1'))?.tagIds).toBeUndefined();
    expect(await audience.audited('tag.give')).toEqual([]);
  });

  it('are those that were known last while the platform is away', async () => {
    await audience.ask('leader', 'get', 'tags');
    audience.platform.goAway();
    expect((await audience.ask('leader', 'get', 'tags')).body).toEqual({
      tags: [{ id: 2, name: '星标组', followers: 0, isPlatforms: true }],
      readAt: new Date(monday).toISOString(),
      isCurrent: false,
    });
  });

  it('are given to a whole segment in the background, once at a time', async () => {
    const openids = Array.from({ length: 120 }, (_, nth) => `o${nth}`);
    for (const openid of openids) audience.platform.follow(openid, new Date(monday));
    await audience.addCitizens(...openids.map((openid) => ({ openid, district: '梅江区' })));
    const { body: tag } = await audience.ask('noticeSender', 'post', 'tags', { name: '梅江' });
    const order = { tagId: tag.id, deed: 'add', ...ofMeijiang };
    const begun = await audience.ask('noticeSender', 'post', 'taggings', order);
    expect(begun).toMatchObject({ status: 202, body: { state: 'running', total: 120, changed: 0 } });
    const again = await audience.ask('noticeSender', 'post', 'taggings', order);
    expect([again.status, again.body.error.code]).toEqual([409, 'already_running']);
    audience.workers.start();
    const done = await until('the tagging ended', async () => {
      const [last] = (await audience.ask('leader', 'get', 'taggings')).body.taggings;
      return last.state !== 'running' && last;
    });
    expect(done).toMatchObject({ state: 'done', changed: 120, skipped: 0, failure: null });
    expect(await audience.followers.count(accountId, { tags: [[tag.id]] })).toBe(120);
    expect((await audience.audited('tag.give_segment'))[0]?.changes).toEqual([
      { path: 'conditions', after: ofMeijiang.conditions },
      { path: 'total', after: 120 },
    ]);
  });

  it('are not given to nobody', async () => {
    const { body: tag } = await audience.ask('noticeSender', 'post', 'tags', { name: '梅江' });
    const order = { tagId: tag.id, deed: 'add', ...ofMeijiang };
    expect((await audience.ask('noticeSender', 'post', 'taggings', order)).body.error.code).toBe(
      'empty_segment',
    );
  });
});

describe('the districts in the staff API', () => {
  it('begin with those of the sample, and are changed by who has seen the last change', async () => {
    const { body: before } = await audience.ask('leader', 'get', 'settings');
    expect(before).toMatchObject({ revision: 1 });
    expect(before.districts).toHaveLength(8);
    const edit = (districts: string[], baseRevision: number) =>
      audience.ask('noticeSender', 'put', 'settings', { districts, baseRevision });
    expect((await edit(['梅江区', '梅县区'], 1)).body).toMatchObject({ revision: 2 });
    expect((await edit(['梅江区'], 1)).body.error).toMatchObject({
      code: 'revision_conflict',
      details: { theirs: { districts: ['梅江区', '梅县区'], revision: 2 } },
    });
    expect((await edit(['梅江区', '梅江区'], 2)).body.error.code).toBe('district_twice');
    await audience.seedDemo();
    expect((await audience.ask('leader', 'get', 'settings')).body.districts).toEqual(['梅江区', '梅县区']);
    expect(await audience.audited('audience-settings.change')).toHaveLength(1);
  });
});

const ofMeijiang = { conditions: [{ kind: 'district', districts: ['梅江区'] }] };
