import { beforeEach, describe, expect, it } from '@jest/globals';
import { minute, testPlatform, type TestPlatform } from '../fixture.js';

let platform: TestPlatform;
beforeEach(() => {
  platform = testPlatform();
});

function issue(isSnapshot = false): string {
  const { accountId } = platform.account.account;
  return platform.sandbox.api.oauthCodes.issue(
    accountId,
    platform.citizen.openid,
    isSnapshot,
    platform.clock.now(),
  );
}

function exchange(changes: Record<string, string> = {}) {
  const { appId: appid, appSecret: secret } = platform.account.account;
  const query = { appid, secret, grant_type: 'authorization_code', ...changes };
  return platform.raw('GET', '/sns/oauth2/access_token', query);
}

describe('sns/oauth2/access_token', () => {
  it('names the citizen of a code, once', () => {
    const code = issue();
    expect(exchange({ code })).toMatchObject({ openid: platform.citizen.openid, scope: 'snsapi_base' });
    expect(exchange({ code })).not.toHaveProperty('is_snapshotuser');
    expect(exchange({ code }).errcode).toBe(40163);
  });

  it('marks the invented person of a snapshot', () => {
    expect(exchange({ code: issue(true) })).toMatchObject({ is_snapshotuser: 1 });
  });

  it('forgets a code after five minutes', () => {
    const code = issue();
    platform.clock.advance(5 * minute);
    expect(exchange({ code }).errcode).toBe(40029);
  });

  it.each([
    [41008, {}],
    [40029, { code: 'unknown' }],
    [40013, { appid: 'wx0000000000000000' }],
    [40125, { secret: 'wrong' }],
    [40002, { grant_type: 'client_credential' }],
  ])('refuses with %d', (errcode, changes) => {
    expect(exchange(changes).errcode).toBe(errcode);
  });
});
