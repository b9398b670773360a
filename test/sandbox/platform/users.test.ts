import { describe, expect, it } from '@jest/globals';
import { addFollower, monday, testPlatform } from '../fixture.js';

describe('user/info', () => {
  it('describes a follower without name or picture', () => {
    const platform = testPlatform();
    const { openid } = platform.citizen;
    expect(platform.call('GET', '/cgi-bin/user/info', { openid })).toMatchObject({
      errcode: 0,
      subscribe: 1,
      openid,
      nickname: '',
      headimgurl: '',
      subscribe_time: monday / 1000,
      subscribe_scene: 'ADD_SCENE_SEARCH',
    });
  });

  it.each([
    ['123', 123, ''],
    ['metro-station', 0, 'metro-station'],
  ])('names the scene %s that led here', (scene, id, name) => {
    const platform = testPlatform();
    platform.citizen.followScene = scene;
    expect(platform.call('GET', '/cgi-bin/user/info', { openid: platform.citizen.openid })).toMatchObject({
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene: id,
      qr_scene_str: name,
    });
  });

  it('says only that somebody left', () => {
    const platform = testPlatform();
    platform.citizen.following = false;
    const { openid } = platform.citizen;
    expect(platform.call('GET', '/cgi-bin/user/info', { openid })).toMatchObject({ subscribe: 0, openid });
  });

  it('refuses a stranger with 40003 and nobody with 41009', () => {
    const platform = testPlatform();
    expect(platform.call('GET', '/cgi-bin/user/info', { openid: 'oNobody' }).errcode).toBe(40003);
    expect(platform.call('GET', '/cgi-bin/user/info').errcode).toBe(41009);
  });
});

describe('user/info/batchget', () => {
  it.each([
    [100, 0],
    [101, 40032],
    [0, 40032],
  ])('asked for %i citizens is answered %i', (count, errcode) => {
    const platform = testPlatform();
    const users = Array.from({ length: count }, () => ({ openid: platform.citizen.openid }));
    const answer = platform.call('POST', '/cgi-bin/user/info/batchget', { user_list: users });
    expect(answer.errcode).toBe(errcode);
    if (errcode === 0) expect(answer.user_info_list).toHaveLength(count);
  });
});

describe('user/get', () => {
  it('lists 10,000 followers a page, in the order in which they followed', () => {
    const platform = testPlatform();
    for (let more = 1; more <= 10_000; more += 1)
      addFollower(platform.sandbox, platform.account, monday + more);
    const first = platform.call('GET', '/cgi-bin/user/get');
    expect(first).toMatchObject({ total: 10_001, count: 10_000, next_openid: first.data!.openid.at(-1) });
    expect(first.data!.openid[0]).toBe(platform.citizen.openid);
    const rest = platform.call('GET', '/cgi-bin/user/get', { next_openid: first.next_openid! });
    expect(rest).toMatchObject({ total: 10_001, count: 1 });
    expect(first.data!.openid).not.toContain(rest.data!.openid[0]);
    const end = platform.call('GET', '/cgi-bin/user/get', { next_openid: rest.next_openid! });
    expect(end).toMatchObject({ total: 10_001, count: 0, next_openid: '' });
  });

  it('leaves out who does not follow and refuses an unknown place to go on with 40003', () => {
    const platform = testPlatform();
    expect(platform.call('GET', '/cgi-bin/user/get').total).toBe(1);
    expect(platform.call('GET', '/cgi-bin/user/get', { next_openid: 'oNobody' }).errcode).toBe(40003);
  });
});
