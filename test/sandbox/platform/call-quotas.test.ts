import { describe, expect, it } from '@jest/globals';
import { hour, testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

const appid = 'wxb11529c136998cb6';
const leaf = { name: '办事', type: 'click', key: 'k' };
const qrCode = { action_name: 'QR_STR_SCENE', action_info: { scene: { scene_str: 's' } } };

type Call = (platform: TestPlatform) => PlatformAnswer;
const limited: [string, number, Call][] = [
  [
    '/cgi-bin/menu/create',
    1000,
    (platform) => platform.call('POST', '/cgi-bin/menu/create', { button: [leaf] }),
  ],
  ['/cgi-bin/menu/get', 10_000, (platform) => platform.call('GET', '/cgi-bin/menu/get')],
  ['/cgi-bin/menu/delete', 1000, (platform) => platform.call('GET', '/cgi-bin/menu/delete')],
  [
    '/cgi-bin/message/custom/send',
    500_000,
    (platform) => platform.call('POST', '/cgi-bin/message/custom/send', {}),
  ],
  [
    '/cgi-bin/message/subscribe/bizsend',
    500_000,
    (platform) => platform.call('POST', '/cgi-bin/message/subscribe/bizsend', {}),
  ],
  ['/cgi-bin/qrcode/create', 100_000, (platform) => platform.call('POST', '/cgi-bin/qrcode/create', qrCode)],
  ['/cgi-bin/user/get', 500, (platform) => platform.call('GET', '/cgi-bin/user/get')],
  [
    '/cgi-bin/user/info',
    5_000_000,
    (platform) => platform.call('GET', '/cgi-bin/user/info', { openid: platform.citizen.openid }),
  ],
];

describe('the daily quota', () => {
  it.each(limited)('of %s is %i calls, then 45009', (path, limit, call) => {
    const platform = testPlatform();
    platform.sandbox.api.quotas.use('pingan-meizhou', path, platform.clock.now(), limit - 1);
    expect(call(platform).errcode).not.toBe(45009);
    expect(call(platform).errcode).toBe(45009);
  });

  it('may be another one for an account with many followers', () => {
    const path = '/cgi-bin/user/get';
    const platform = testPlatform({ dailyLimits: { [path]: 501 } });
    platform.sandbox.api.quotas.use('pingan-meizhou', path, platform.clock.now(), 500);
    expect(platform.call('GET', path).errcode).toBe(0);
    expect(platform.call('GET', path).errcode).toBe(45009);
    expect(platform.call('POST', '/cgi-bin/openapi/quota/get', { cgi_path: path })).toMatchObject({
      quota: { daily_limit: 501, used: 501, remain: 0 },
    });
  });

  it('begins anew at midnight in Shanghai', () => {
    const platform = testPlatform();
    platform.sandbox.api.quotas.use('pingan-meizhou', '/cgi-bin/user/get', platform.clock.now(), 500);
    platform.clock.advance(14 * hour - 1);
    expect(platform.call('GET', '/cgi-bin/user/get').errcode).toBe(45009);
    platform.clock.advance(1);
    expect(platform.call('GET', '/cgi-bin/user/get').errcode).toBe(0);
  });

  it('can be looked up', () => {
    const platform = testPlatform();
    platform.call('GET', '/cgi-bin/user/get');
    const path = '/cgi-bin/openapi/quota/get';
    expect(platform.call('POST', path, { cgi_path: '/cgi-bin/user/get' }).quota).toEqual({
      daily_limit: 500,
      used: 1,
      remain: 499,
    });
    expect(platform.call('POST', path, { cgi_path: '/cgi-bin/none' }).errcode).toBe(76021);
  });

  it('is cleared by the account itself only', () => {
    const platform = testPlatform();
    platform.sandbox.api.quotas.use('pingan-meizhou', '/cgi-bin/user/get', platform.clock.now(), 500);
    expect(platform.call('POST', '/cgi-bin/clear_quota', { appid: 'wx0' }).errcode).toBe(40013);
    expect(platform.call('POST', '/cgi-bin/clear_quota', { appid }).errcode).toBe(0);
    expect(platform.call('GET', '/cgi-bin/user/get').errcode).toBe(0);
  });

  it('is cleared 10 times a month, then 48006', () => {
    const platform = testPlatform();
    const clear = () => platform.call('POST', '/cgi-bin/clear_quota', { appid }).errcode;
    for (let calls = 0; calls < 10; calls += 1) expect(clear()).toBe(0);
    expect(clear()).toBe(48006);
    platform.clock.advance(29 * 24 * hour + 14 * hour);
    expect(clear()).toBe(0);
  });
});

describe('a call', () => {
  it('of an unknown path is refused with 40066', () => {
    expect(testPlatform().call('GET', '/cgi-bin/none').errcode).toBe(40066);
  });

  it('by the wrong method is refused with 43001 or 43002', () => {
    const platform = testPlatform();
    expect(platform.call('POST', '/cgi-bin/menu/get').errcode).toBe(43001);
    expect(platform.call('GET', '/cgi-bin/menu/create').errcode).toBe(43002);
  });

  it('with no JSON in its body is refused with 44002 or 47001', () => {
    const platform = testPlatform();
    const { access_token } = platform.sandbox.api.tokens.issueStable(
      'pingan-meizhou',
      platform.clock.now(),
      false,
      '',
    );
    const post = (body: string) =>
      platform.raw('POST', '/cgi-bin/menu/create', { access_token }, body).errcode;
    expect([post(''), post('{'), post('[]'), post('{"button":1}')]).toEqual([44002, 47001, 47001, 47001]);
  });

  it('that is refused carries a request id', () => {
    expect(testPlatform().call('GET', '/cgi-bin/none').errmsg).toMatch(
      /^invalid url rid: [\da-f]{8}(-[\da-f]{8}){2}$/,
    );
  });
});
