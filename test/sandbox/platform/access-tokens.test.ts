import { describe, expect, it } from '@jest/globals';
import {
  day,
  hour,
  minute,
  second,
  testAccount,
  testPlatform,
  type PlatformAnswer,
  type TestPlatform,
} from '../fixture.js';

const credentials = { grant_type: 'client_credential', appid: 'wxb11529c136998cb6', secret: 'secret' };

function ordinary(platform: TestPlatform, change: Record<string, string> = {}): PlatformAnswer {
  return platform.raw('GET', '/cgi-bin/token', { ...credentials, ...change });
}

function stable(platform: TestPlatform, change: Record<string, unknown> = {}): PlatformAnswer {
  return platform.raw('POST', '/cgi-bin/stable_token', {}, JSON.stringify({ ...credentials, ...change }));
}

function errcodeOf(platform: TestPlatform, token = ''): number | undefined {
  return platform.raw('GET', '/cgi-bin/get_current_selfmenu_info', { access_token: token }).errcode;
}

describe('tokens of both kinds', () => {
  it.each([
    ['grant_type', '', 40002],
    ['appid', '', 41002],
    ['appid', 'wx0', 40013],
    ['secret', '', 41004],
    ['secret', 'wrong', 40125],
  ])('are refused for %s "%s" with %i', (field, value, errcode) => {
    const platform = testPlatform();
    expect(ordinary(platform, { [field]: value }).errcode).toBe(errcode);
    expect(stable(platform, { [field]: value }).errcode).toBe(errcode);
  });

  it('live for 7200 seconds and are then refused with 42001', () => {
    for (const issue of [ordinary, stable]) {
      const platform = testPlatform();
      const { access_token: token, expires_in: seconds } = issue(platform);
      expect(seconds).toBe(7200);
      platform.clock.advance(2 * hour - 1);
      expect(errcodeOf(platform, token)).toBe(0);
      platform.clock.advance(1);
      expect(errcodeOf(platform, token)).toBe(42001);
    }
  });

  it('never invalidate one another', () => {
    const platform = testPlatform();
    const { access_token: token } = stable(platform);
    for (let calls = 0; calls < 5; calls += 1) ordinary(platform);
    platform.clock.advance(10 * minute);
    expect(errcodeOf(platform, token)).toBe(0);
  });

  it('speak for their own account only', () => {
    const other = { ...testAccount(), accountId: 'gov-meizhou', appId: 'wx0000000000000002' };
    const platform = testPlatform({
      accounts: [
        { account: testAccount(), name: '平安梅州' },
        { account: other, name: '梅州发布' },
      ],
    });
    const total = (appid: string) => {
      const { access_token = '' } = stable(platform, { appid });
      return platform.raw('GET', '/cgi-bin/user/get', { access_token }).total;
    };
    expect([total(credentials.appid), total(other.appId)]).toEqual([1, 0]);
  });

  it('are missed with 41001 and refused with 40014 when they cannot be tokens', () => {
    const platform = testPlatform();
    expect(platform.raw('GET', '/cgi-bin/user/get', {}).errcode).toBe(41001);
    expect(errcodeOf(platform, 'short')).toBe(40014);
  });
});

describe('an ordinary token', () => {
  it('is replaced at every call and stays valid for five minutes more', () => {
    const platform = testPlatform();
    const { access_token: first } = ordinary(platform);
    const { access_token: next } = ordinary(platform);
    expect(next).not.toBe(first);
    platform.clock.advance(5 * minute - 1);
    expect(errcodeOf(platform, first)).toBe(0);
    platform.clock.advance(1);
    expect(errcodeOf(platform, first)).toBe(40001);
    expect(errcodeOf(platform, next)).toBe(0);
  });

  it('is issued 2,000 times a day and then refused with 45009', () => {
    const platform = testPlatform();
    for (let calls = 0; calls < 2000; calls += 1) expect(ordinary(platform).errcode).toBeUndefined();
    expect(ordinary(platform).errcode).toBe(45009);
    platform.clock.advance(day);
    expect(ordinary(platform).errcode).toBeUndefined();
  });
});

describe('a stable token', () => {
  it('is asked for by POST, otherwise 43002', () => {
    expect(testPlatform().raw('GET', '/cgi-bin/stable_token', credentials).errcode).toBe(43002);
  });

  it('stays the same, with less and less time left', () => {
    const platform = testPlatform();
    const first = stable(platform);
    platform.clock.advance(hour);
    expect(stable(platform)).toEqual({ access_token: first.access_token, expires_in: 3600 });
  });

  it('is replaced five minutes before its end, while both are valid', () => {
    const platform = testPlatform();
    const { access_token: first } = stable(platform);
    platform.clock.advance(2 * hour - 5 * minute);
    const { access_token: next, expires_in: seconds } = stable(platform);
    expect(next).not.toBe(first);
    expect(seconds).toBe(7200);
    expect([errcodeOf(platform, first), errcodeOf(platform, next)]).toEqual([0, 0]);
    platform.clock.advance(5 * minute);
    expect([errcodeOf(platform, first), errcodeOf(platform, next)]).toEqual([42001, 0]);
  });

  it('dies when it is replaced by force twice, 30 seconds apart', () => {
    const platform = testPlatform();
    const { access_token: leaked } = stable(platform);
    stable(platform, { force_refresh: true });
    expect(errcodeOf(platform, leaked)).toBe(0);
    platform.clock.advance(30 * second);
    stable(platform, { force_refresh: true });
    expect(errcodeOf(platform, leaked)).toBe(40001);
  });

  it('is not replaced by force again within 30 seconds: 45011', () => {
    const platform = testPlatform();
    stable(platform, { force_refresh: true });
    platform.clock.advance(30 * second - 1);
    expect(stable(platform, { force_refresh: true }).errcode).toBe(45011);
  });

  it('is replaced by force 20 times a day and then refused with 45009', () => {
    const platform = testPlatform();
    for (let calls = 0; calls < 20; calls += 1) {
      expect(stable(platform, { force_refresh: true }).errcode).toBeUndefined();
      platform.clock.advance(30 * second);
    }
    expect(stable(platform, { force_refresh: true }).errcode).toBe(45009);
    expect(stable(platform).errcode).toBeUndefined();
  });

  it('is given out 10,000 times a minute and then refused with 45011', () => {
    const platform = testPlatform();
    for (let calls = 0; calls < 10_000; calls += 1) stable(platform);
    expect(stable(platform).errcode).toBe(45011);
    platform.clock.advance(minute);
    expect(stable(platform).errcode).toBeUndefined();
  });

  it('is given out 500,000 times a day and then refused with 45009', () => {
    const platform = testPlatform();
    platform.sandbox.api.quotas.use('pingan-meizhou', '/cgi-bin/stable_token', platform.clock.now(), 499_999);
    expect(stable(platform).errcode).toBeUndefined();
    expect(stable(platform).errcode).toBe(45009);
  });
});
