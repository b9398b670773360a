import { describe, expect, it } from '@jest/globals';
import { testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

const create = (platform: TestPlatform, name: string): PlatformAnswer =>
  platform.call('POST', '/cgi-bin/tags/create', { tag: { name } });
const change = (
  platform: TestPlatform,
  what: 'batchtagging' | 'batchuntagging',
  tagid: number,
  openids = [platform.citizen.openid],
) => platform.call('POST', `/cgi-bin/tags/members/${what}`, { tagid, openid_list: openids }).errcode;
const tagIds = (platform: TestPlatform) =>
  platform.call('POST', '/cgi-bin/tags/getidlist', { openid: platform.citizen.openid }).tagid_list;
const remove = (platform: TestPlatform, id: number) =>
  platform.call('POST', '/cgi-bin/tags/delete', { tag: { id } }).errcode;

describe('the tags of an account', () => {
  it('are numbered from 100 and listed with their followers, beside the platform’s own', () => {
    const platform = testPlatform();
    expect(create(platform, '梅江区')).toMatchObject({ errcode: 0, tag: { id: 100, name: '梅江区' } });
    expect(create(platform, '梅县区')).toMatchObject({ tag: { id: 101 } });
    change(platform, 'batchtagging', 101);
    expect(platform.call('GET', '/cgi-bin/tags/get').tags).toEqual([
      { id: 2, name: '星标组', count: 0 },
      { id: 100, name: '梅江区', count: 0 },
      { id: 101, name: '梅县区', count: 1 },
    ]);
  });

  it('are 100 at most: 45056', () => {
    const platform = testPlatform();
    for (let made = 1; made <= 100; made += 1) expect(create(platform, `标签${made}`).errcode).toBe(0);
    expect(create(platform, '一个太多').errcode).toBe(45056);
  });

  it('have names of 30 bytes at most: 45158', () => {
    const platform = testPlatform();
    expect(create(platform, '梅'.repeat(10)).errcode).toBe(0);
    expect(create(platform, `${'州'.repeat(10)}a`).errcode).toBe(45158);
    expect(create(platform, '').errcode).toBe(45158);
  });

  it('have names of their own: 45157', () => {
    const platform = testPlatform();
    create(platform, '梅江区');
    expect(create(platform, '梅江区').errcode).toBe(45157);
    expect(create(platform, '星标组').errcode).toBe(45157);
  });

  it('are renamed, under the same rules', () => {
    const platform = testPlatform();
    create(platform, '梅江区');
    create(platform, '梅县区');
    const rename = (id: number, name: string) =>
      platform.call('POST', '/cgi-bin/tags/update', { tag: { id, name } }).errcode;
    expect([rename(100, '江南'), rename(100, '江南'), rename(100, '梅县区')]).toEqual([0, 0, 45157]);
    expect([rename(100, '梅'.repeat(11)), rename(2, '星'), rename(999, '无')]).toEqual([45158, 45058, 45159]);
  });

  it('are taken off their followers when they are deleted; the platform’s own cannot be: 45058', () => {
    const platform = testPlatform();
    create(platform, '梅江区');
    change(platform, 'batchtagging', 100);
    expect([remove(platform, 100), remove(platform, 100)]).toEqual([0, 45159]);
    expect(tagIds(platform)).toEqual([]);
    expect([0, 1, 2].map((id) => remove(platform, id))).toEqual([45058, 45058, 45058]);
  });

  it('are not deleted with more than 100,000 followers: 45057', () => {
    const platform = testPlatform();
    create(platform, '全市');
    const followers = platform.sandbox.world.addFollowers(platform.account, 100_001);
    for (const follower of followers) follower.tags = [100];
    expect(remove(platform, 100)).toBe(45057);
    followers[0]!.tags = [];
    expect(remove(platform, 100)).toBe(0);
  });
});

describe('the tags of a follower', () => {
  it('are put on and taken off, and told with the follower', () => {
    const platform = testPlatform();
    create(platform, '梅江区');
    const { openid } = platform.citizen;
    expect(change(platform, 'batchtagging', 100)).toBe(0);
    expect(change(platform, 'batchtagging', 100)).toBe(0);
    expect(tagIds(platform)).toEqual([100]);
    expect(platform.call('GET', '/cgi-bin/user/info', { openid }).tagid_list).toEqual([100]);
    expect(change(platform, 'batchuntagging', 100)).toBe(0);
    expect(tagIds(platform)).toEqual([]);
  });

  it('are 20 at most: 45059, and then nobody of the batch is tagged', () => {
    const platform = testPlatform();
    for (let made = 0; made <= 20; made += 1) create(platform, `标签${made}`);
    for (let id = 100; id < 120; id += 1) expect(change(platform, 'batchtagging', id)).toBe(0);
    const [other] = platform.sandbox.world.addFollowers(platform.account, 1);
    const both = [other!.openid, platform.citizen.openid];
    expect(change(platform, 'batchtagging', 120, both)).toBe(45059);
    expect(other!.tags).toEqual([]);
  });

  it.each([
    [50, 0],
    [51, 40032],
    [0, 40032],
  ])('of %i followers at once are changed with %i', (count, errcode) => {
    const platform = testPlatform();
    create(platform, '梅江区');
    const openids = platform.sandbox.world.addFollowers(platform.account, count).map(({ openid }) => openid);
    expect(change(platform, 'batchtagging', 100, openids)).toBe(errcode);
    expect(change(platform, 'batchuntagging', 100, openids)).toBe(errcode);
  });

  it('must exist, 45159, and so must the follower, 40003', () => {
    const platform = testPlatform();
    expect(change(platform, 'batchtagging', 100)).toBe(45159);
    create(platform, '梅江区');
    expect(change(platform, 'batchtagging', 100, ['oNobody'])).toBe(40003);
  });
});

describe('user/tag/get', () => {
  it('lists the followers of a tag, 10,000 a page', () => {
    const platform = testPlatform();
    create(platform, '全市');
    const followers = platform.sandbox.world.addFollowers(platform.account, 10_001);
    for (const follower of followers) follower.tags = [100];
    const page = (next_openid?: string) =>
      platform.call('POST', '/cgi-bin/user/tag/get', { tagid: 100, next_openid });
    const first = page();
    expect(first).toMatchObject({ count: 10_000, next_openid: followers[9_999]!.openid });
    const rest = page(first.next_openid);
    expect(rest).toMatchObject({ count: 1, data: { openid: [followers[10_000]!.openid] } });
    expect(page(rest.next_openid)).toMatchObject({ count: 0, next_openid: '' });
    expect(page('oNobody').errcode).toBe(40003);
  });
});
