import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serveSandbox, testPlatform, type TestPlatform } from './fixture.js';

let platform: TestPlatform;
let served: Awaited<ReturnType<typeof serveSandbox>>;
beforeEach(async () => {
  platform = testPlatform();
  served = await serveSandbox(platform.sandbox);
});
afterEach(() => served.close());

function visit(changes: Record<string, string> = {}, cookie = ''): Promise<Response> {
  const query = new URLSearchParams({
    appid: platform.account.account.appId,
    redirect_uri: `${served.origin}/h5/done`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc',
    ...changes,
  });
  const address = `${served.origin}/sandbox/connect/oauth2/authorize?${query.toString()}`;
  return fetch(address, { redirect: 'manual', headers: { cookie } });
}

describe('the sandbox’s sign-in page', () => {
  it('asks a browser that is nobody’s phone who it is', async () => {
    const response = await visit();
    const text = await response.text();
    for (const nickname of ['阿梅', '老张', '小陈', '快照页']) expect(text).toContain(nickname);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('sends the citizen of a phone straight back, with a code and the state', async () => {
    const response = await visit({}, `suishen-sandbox-phone=${platform.citizen.openid}`);
    const back = new URL(response.headers.get('location')!);
    expect([response.status, back.pathname, back.searchParams.get('state')]).toEqual([
      302,
      '/h5/done',
      'abc',
    ]);
    expect(back.href).not.toContain(platform.citizen.openid);
    expect(back.searchParams.get('code')).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it('lets whoever was chosen on the page go before the phone', async () => {
    const chosen = platform.account.state.citizens[0]!.openid;
    const response = await visit({ as: chosen }, `suishen-sandbox-phone=${platform.citizen.openid}`);
    const code = new URL(response.headers.get('location')!).searchParams.get('code');
    const { appId: appid, appSecret: secret } = platform.account.account;
    const query = { appid, secret, code: code!, grant_type: 'authorization_code' };
    expect(platform.raw('GET', '/sns/oauth2/access_token', query)).toMatchObject({ openid: chosen });
  });

  it.each([
    ['another account', { appid: 'wx0000000000000000' }],
    ['more than the openid', { scope: 'snsapi_userinfo' }],
    ['something else than a code', { response_type: 'token' }],
    ['a state with signs', { state: 'a-b' }],
    ['a return to another machine', { redirect_uri: 'https://evil.example/' }],
    ['a return to no address', { redirect_uri: 'javascript:alert(1)' }],
  ])('does not open for %s', async (_what, changes) => {
    const response = await visit(changes, `suishen-sandbox-phone=${platform.citizen.openid}`);
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    expect(await response.text()).toContain('微信打不开这个网页');
  });

  it('shows a name as it is, whatever signs it is made of', async () => {
    platform.sandbox.world.addCitizen(platform.account, '<b onclick="x">&');
    expect(await (await visit()).text()).toContain('&#60;b onclick=&#34;x&#34;&#62;&#38;');
  });
});
