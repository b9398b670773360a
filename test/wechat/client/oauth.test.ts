import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { WechatOauth } from '../../../src/wechat/client/oauth.js';
import {
  account,
  apiBase,
  createPlatform,
  failureOf,
  openid,
  useNock,
  type Platform,
} from './platform-fixture.js';

const code = '081AbCdEf';
const query = { appid: account.appId, secret: account.appSecret, code, grant_type: 'authorization_code' };

useNock();
let platform: Platform;
let oauth: WechatOauth;
beforeEach(() => {
  platform = createPlatform();
  const clients = new Map([[account.accountId, platform.addNode().client]]);
  oauth = new WechatOauth({ accounts: [account], clients });
});

/** The platform's next answer to an exchange. */
function answer(body: object, status = 200): void {
  nock(apiBase).get('/sns/oauth2/access_token').query(query).reply(status, body);
}

const exchange = () => oauth.exchange(account.accountId, code);

describe('the way to the platform', () => {
  it('has its parameters in the platform’s order', () => {
    const back = 'https://mz.example.cn/h5/pingan-meizhou/sign-in/done';
    expect(oauth.authorizeUrl(account.accountId, back, 'abc123')).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx0123456789abcdef' +
        '&redirect_uri=https%3A%2F%2Fmz.example.cn%2Fh5%2Fpingan-meizhou%2Fsign-in%2Fdone' +
        '&response_type=code&scope=snsapi_base&state=abc123#wechat_redirect',
    );
  });

  it('exists for the accounts of the settings only', () => {
    expect(() => oauth.authorizeUrl('elsewhere', 'https://mz.example.cn/', 'abc')).toThrow('elsewhere');
  });
});

describe('a code', () => {
  it('stands for a citizen', async () => {
    answer({ access_token: 't', expires_in: 7200, refresh_token: 'r', openid, scope: 'snsapi_base' });
    expect(await exchange()).toEqual({ openid, isSnapshot: false });
  });

  it('stands for an invented person on a snapshot page', async () => {
    answer({ access_token: 't', expires_in: 7200, openid, scope: 'snsapi_base', is_snapshotuser: 1 });
    expect(await exchange()).toEqual({ openid, isSnapshot: true });
  });

  it.each([40029, 40163, 42003])('that is no good (%d) is no error', async (errcode) => {
    answer({ errcode, errmsg: 'invalid code' });
    expect(await exchange()).toBeNull();
  });

  it('is tried again while the platform is busy', async () => {
    answer({ errcode: -1, errmsg: 'system error' });
    answer({ openid });
    expect(await exchange()).toEqual({ openid, isSnapshot: false });
    expect(platform.pauses).toEqual([500]);
  });

  it('is not sent twice when nobody knows whether it was used', async () => {
    answer({}, 502);
    expect(await failureOf(exchange())).toMatchObject({ code: 'platform_http_status', delivered: 'maybe' });
  });

  it('that cannot be exchanged for a wrong secret is the operator’s business, and the secret stays inside', async () => {
    answer({ errcode: 40125, errmsg: `invalid appsecret ${account.appSecret}` });
    const error = await failureOf(exchange());
    expect(error).toMatchObject({ errcode: 40125, group: 'configuration' });
    expect(platform.log.map(({ level }) => level)).toContain('error');
    expect(inspect([error, platform.log], { depth: 10 })).not.toContain(account.appSecret);
  });
});
