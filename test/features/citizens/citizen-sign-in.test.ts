import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CitizenBrowser } from '../../support/citizen-browser.js';
import { accountId, openCitizenPages, type CitizenPages } from '../../support/citizen-pages.js';

const base = `/h5/${accountId}`;
const hour = 3_600_000;

let pages: CitizenPages;
let browser: CitizenBrowser;
beforeEach(async () => {
  pages = await openCitizenPages();
  browser = new CitizenBrowser(pages.origin);
});
afterEach(() => pages.stop());

/** On the phone of the first citizen. */
function onPhone(): void {
  browser.setCookie('suishen-sandbox-phone', pages.openidOf('阿梅'), '/sandbox');
}

describe('signing in', () => {
  it('leads through the platform back to the page that was asked for', async () => {
    onPhone();
    const { url } = await browser.visit(`${base}/sign-in?to=/appointments`);
    expect(url.pathname + url.search).toBe(`${base}/appointments`);
    expect((await browser.call('get', '/me')).body.accountName).toBe('平安梅州（示例）');
  });

  it('asks the platform for the openid and nothing more', async () => {
    const response = await browser.send(`${base}/sign-in`);
    const address = new URL(response.headers.get('location')!, pages.origin);
    expect([...address.searchParams.keys()]).toEqual([
      'appid',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ]);
    expect(address.searchParams.get('scope')).toBe('snsapi_base');
    expect(address.searchParams.get('redirect_uri')).toBe(`${pages.origin}${base}/sign-in/done`);
    expect(address.searchParams.get('state')).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(address.hash).toBe('#wechat_redirect');
  });

  it('keeps the session where no script and no other account reaches it, and no openid with it', async () => {
    await browser.signIn(pages.openidOf('阿梅'));
    const line = browser.cookieLine('suishen-citizen')!.toLowerCase();
    expect(line).toContain('httponly');
    expect(line).toContain('samesite=lax');
    expect(line).toContain(`path=${base}`);
    expect(line).not.toContain(pages.openidOf('阿梅').toLowerCase());
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/../../console',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x=y',
    `/${'a'.repeat(300)}`,
  ])('leads nowhere else than to its own pages: %s', async (to) => {
    onPhone();
    const { url } = await browser.visit(`${base}/sign-in?to=${encodeURIComponent(to)}`);
    expect(url.href).toBe(`${pages.origin}${base}/`);
  });

  it('refuses a return that this browser has not begun', async () => {
    const stranger = new CitizenBrowser(pages.origin);
    onPhone();
    const begun = await browser.send(`${base}/sign-in`);
    const back = await browser.send(begun.headers.get('location')!);
    const { response } = await stranger.visit(back.headers.get('location')!);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('没有登录成功');
    expect((await stranger.call('get', '/me')).status).toBe(401);
  });

  it('takes a return once; whoever goes back to it later is still signed in', async () => {
    onPhone();
    const begun = await browser.send(`${base}/sign-in`);
    const back = (await browser.send(begun.headers.get('location')!)).headers.get('location')!;
    expect((await browser.send(back)).headers.get('location')).toBe(`${base}/`);
    expect((await browser.send(back)).headers.get('location')).toBe(`${base}/`);
    expect((await browser.call('get', '/me')).status).toBe(200);
  });

  it('does not take a code that has been used, or has waited for more than five minutes', async () => {
    onPhone();
    const begun = await browser.send(`${base}/sign-in`);
    const back = (await browser.send(begun.headers.get('location')!)).headers.get('location')!;
    pages.clock.time += 5 * 60_000;
    const response = await browser.send(back);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('再试一次');
  });

  it('refuses the invented person of a snapshot page, and says what to press', async () => {
    const begun = await browser.send(`${base}/sign-in`);
    const { response } = await browser.visit(
      begun.headers.get('location')!.replace('#wechat_redirect', '&as=snapshot'),
    );
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('使用完整服务');
    expect((await browser.call('get', '/me')).status).toBe(401);
  });

  it('says in words that the platform cannot be asked', async () => {
    const account = pages.sandbox.world.accounts.get(accountId)!;
    const fault = { kind: 'errcode', errcode: 40125 } as const;
    const endpoint = '/sns/oauth2/access_token';
    account.misbehaviour = { ...account.misbehaviour, faults: [{ endpoint, times: 1, fault }] };
    onPhone();
    const { response } = await browser.visit(`${base}/sign-in`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('微信登录暂时用不了');
  });

  it('knows only the accounts that are served here', async () => {
    expect((await browser.send('/h5/nowhere/sign-in')).status).toBe(404);
  });
});

describe('a session', () => {
  beforeEach(() => browser.signIn(pages.openidOf('阿梅')));

  it('ends two hours after the last request', async () => {
    pages.clock.time += 1.9 * hour;
    expect((await browser.call('get', '/me')).status).toBe(200);
    pages.clock.time += 1.9 * hour;
    expect((await browser.call('get', '/me')).status).toBe(200);
    pages.clock.time += 2 * hour;
    expect((await browser.call('get', '/me')).status).toBe(401);
  });

  it('ends after twelve hours, whatever is heard of it', async () => {
    for (let at = 0; at < 11; at += 1) {
      pages.clock.time += hour;
      expect((await browser.call('get', '/me')).status).toBe(200);
    }
    pages.clock.time += hour;
    expect((await browser.call('get', '/me')).status).toBe(401);
  });

  it('is replaced by the next sign-in of the same browser, which may be somebody else', async () => {
    const before = browser.cookieLine('suishen-citizen')!.split(';')[0]!.split('=')[1]!;
    await browser.signIn(pages.openidOf('老张'));
    const old = new CitizenBrowser(pages.origin);
    old.setCookie('suishen-citizen', before, base);
    expect((await old.call('get', '/me')).status).toBe(401);
  });
});
