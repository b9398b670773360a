import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { WechatFollowerPlatform } from '../../../src/wechat/client/wechat-follower-platform.js';
import { account, apiBase, createPlatform, giveToken, useNock, type Platform } from './platform-fixture.js';

const { accountId } = account;
const token = 'token-secret-1';

useNock();
let platform: Platform;
let followers: WechatFollowerPlatform;
beforeEach(() => {
  platform = createPlatform();
  followers = new WechatFollowerPlatform(new Map([[accountId, platform.addNode().client]]));
});

describe('the followers', () => {
  beforeEach(() => void giveToken(token));

  it('come in pages, of which the platform names the last openid', async () => {
    nock(apiBase)
      .get('/cgi-bin/user/get')
      .query({ access_token: token })
      .reply(200, { total: 3, count: 2, data: { openid: ['a', 'b'] }, next_openid: 'b' });
    expect(await followers.listFollowers(accountId)).toEqual({ total: 3, openids: ['a', 'b'], next: 'b' });
  });

  it('end with an empty page', async () => {
    nock(apiBase)
      .get('/cgi-bin/user/get')
      .query({ access_token: token, next_openid: 'c' })
      .reply(200, { total: 3, count: 0, next_openid: '' });
    expect(await followers.listFollowers(accountId, 'c')).toEqual({ total: 3, openids: [], next: null });
  });

  it('who are blocked come in pages, too', async () => {
    nock(apiBase)
      .post('/cgi-bin/tags/members/getblacklist', { begin_openid: '' })
      .query({ access_token: token })
      .reply(200, { total: 1, count: 1, data: { openid: ['d'] }, next_openid: 'd' });
    expect(await followers.listBlocked(accountId)).toEqual({ total: 1, openids: ['d'], next: 'd' });
  });

  it('come with when they followed and their tags; of others nothing is known', async () => {
    const ask = ['a', 'b'].map((openid) => ({ openid, lang: 'zh_CN' }));
    const user_info_list = [
      { subscribe: 1, openid: 'a', subscribe_time: 1_700_000_000, qr_scene_str: '', tagid_list: [100, 2] },
      { subscribe: 0, openid: 'b' },
    ];
    nock(apiBase)
      .post('/cgi-bin/user/info/batchget', { user_list: ask })
      .query({ access_token: token })
      .reply(200, { user_info_list });
    expect(await followers.readDetails(accountId, ['a', 'b'])).toEqual([
      { openid: 'a', subscribed: true, subscribedAt: new Date(1_700_000_000_000), tagIds: [100, 2] },
      { openid: 'b', subscribed: false, subscribedAt: null, tagIds: [] },
    ]);
  });
});

describe('the tags', () => {
  beforeEach(() => void giveToken(token));

  it('come with how many carry them', async () => {
    nock(apiBase)
      .get('/cgi-bin/tags/get')
      .query({ access_token: token })
      .reply(200, {
        tags: [
          { id: 2, name: '星标组', count: 0 },
          { id: 100, name: '养犬', count: 31 },
        ],
      });
    expect(await followers.listTags(accountId)).toEqual([
      { id: 2, name: '星标组', followers: 0 },
      { id: 100, name: '养犬', followers: 31 },
    ]);
  });

  it('are created, renamed and removed', async () => {
    answer('create', { tag: { name: '养犬' } }, { tag: { id: 101, name: '养犬' } });
    answer('update', { tag: { id: 101, name: '养犬登记' } });
    answer('delete', { tag: { id: 101 } });
    expect(await followers.createTag(accountId, '养犬')).toBe(101);
    await followers.renameTag(accountId, 101, '养犬登记');
    await followers.removeTag(accountId, 101);
  });

  it('are given to and taken from up to fifty at once', async () => {
    const openids = Array.from({ length: 50 }, (_, index) => `o${index}`);
    answer('members/batchtagging', { openid_list: openids, tagid: 101 });
    answer('members/batchuntagging', { openid_list: openids, tagid: 101 });
    await followers.addToTag(accountId, 101, openids);
    await followers.takeFromTag(accountId, 101, openids);
  });
});

describe('a tag that the platform refuses', () => {
  beforeEach(() => void giveToken(token));

  it.each([
    ['create', 45157, 'tag_name_taken'],
    ['create', 45158, 'tag_name_invalid'],
    ['create', 45056, 'too_many_tags'],
    ['update', 45058, 'tag_of_platform'],
    ['delete', 45159, 'tag_unknown'],
    ['delete', 45057, 'tag_too_large'],
    ['members/batchtagging', 45059, 'follower_tags_full'],
    ['members/batchtagging', 40003, 'follower_unknown'],
    ['members/batchtagging', 49003, 'follower_unknown'],
  ])('(%s, %d) is something that staff can put right: %s', async (call, errcode, code) => {
    answer(call, undefined, { errcode, errmsg: 'refused rid: 1' });
    const attempts: Record<string, () => Promise<unknown>> = {
      create: () => followers.createTag(accountId, '养犬'),
      update: () => followers.renameTag(accountId, 1, '养犬'),
      delete: () => followers.removeTag(accountId, 101),
      'members/batchtagging': () => followers.addToTag(accountId, 101, ['a']),
    };
    await expect(attempts[call]!()).rejects.toMatchObject({ name: 'UserError', code });
  });

  it('for another reason is a failure of the world', async () => {
    answer('create', undefined, { errcode: 48001, errmsg: 'api unauthorized rid: 1' });
    await expect(followers.createTag(accountId, '养犬')).rejects.toMatchObject({
      name: 'OperationalError',
      code: 'wechat_configuration',
    });
  });

  it('is not created twice where the first answer was lost', async () => {
    nock(apiBase).post('/cgi-bin/tags/create').query(true).reply(502);
    await expect(followers.createTag(accountId, '养犬')).rejects.toMatchObject({ delivered: 'maybe' });
    expect(platform.pauses).toEqual([]);
  });
});

describe('a call that breaks a limit', () => {
  it('is a mistake of the program’s, and not sent', async () => {
    const openids = Array.from({ length: 101 }, (_, index) => `o${index}`);
    await expect(followers.readDetails(accountId, openids)).rejects.toThrow(RangeError);
    await expect(followers.addToTag(accountId, 101, openids.slice(0, 51))).rejects.toThrow(RangeError);
  });

  it('is not sent for nobody', async () => {
    expect(await followers.readDetails(accountId, [])).toEqual([]);
    await expect(followers.addToTag(accountId, 101, [])).resolves.toBeUndefined();
  });

  it('is not sent for an account that the settings do not name', async () => {
    await expect(followers.listTags('other')).rejects.toMatchObject({ code: 'no_platform_account' });
  });
});

/** The platform answers the next call about tags; by default that it is done. */
function answer(call: string, body?: nock.DataMatcherMap, reply: object = { errcode: 0 }): nock.Scope {
  return nock(apiBase).post(`/cgi-bin/tags/${call}`, body).query({ access_token: token }).reply(200, reply);
}
