import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../support/browser.js';
import { FakeWebhook, serveSandbox, testPlatform, type TestPlatform } from './fixture.js';

const longTerm = 'sandbox-public-safety-notice';

let browser: Browser;
let webhook: FakeWebhook;
let platform: TestPlatform;
let page: Page;
let faults: string[];
const open: { close: () => Promise<void> }[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  webhook = new FakeWebhook(() => 'success');
  const url = await webhook.start();
  platform = testPlatform({ webhookUrl: () => url });
  platform.sandbox.world.addFollowers(platform.account, 300);
  const { origin, close } = await serveSandbox(platform.sandbox);
  const context = await openContext(browser);
  open.push({ close: () => context.close() }, { close }, { close: () => webhook.stop() });
  page = await context.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${origin}/sandbox/#pingan-meizhou/${platform.citizen.openid}`);
  await page.getByTestId('phone').waitFor();
});
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const data = {
  thing1: { value: '江滨路临时封闭' },
  thing2: { value: '梅江区江滨路' },
  time3: { value: '2026年3月2日 10:00' },
};

function notify(): number | undefined {
  const message = { touser: platform.citizen.openid, template_id: longTerm, data };
  return platform.call('POST', '/cgi-bin/message/subscribe/bizsend', message).errcode;
}

describe('the phone page', () => {
  it('asks for consent, shows the notification, and lets it be withdrawn', async () => {
    await page.getByTestId('ask-consent').click();
    await page.getByTestId('accept-sandbox-progress-notice').uncheck();
    await page.getByTestId('accept-chosen').click();
    await page.getByTestId('action').filter({ hasText: '允许 1 项，拒绝 1 项' }).waitFor();
    expect(notify()).toBe(0);
    await page.getByTestId('template-card').filter({ hasText: '江滨路临时封闭' }).waitFor();
    await page.getByTestId('via').filter({ hasText: '订阅通知' }).waitFor();

    await page.getByTestId('manage-consent').click();
    expect(await page.getByTestId('standing-sandbox-progress-notice').innerText()).toBe('未订阅');
    await page.getByTestId(`withdraw-${longTerm}`).click();
    await page.getByTestId(`standing-${longTerm}`).filter({ hasText: '未订阅' }).waitFor();
    await page.getByTestId('receive-messages').uncheck();
    await page.getByTestId('close-sheet').click();
    expect(notify()).toBe(43101);
    expect(faults).toEqual([]);
  });

  it('shows a mass message as the account’s own words', async () => {
    const mass = {
      touser: [platform.citizen.openid, platform.account.state.citizens.at(-1)!.openid],
      msgtype: 'text',
      text: { content: '【防震提示】请远离玻璃。' },
    };
    expect(platform.call('POST', '/cgi-bin/message/mass/send', mass).errcode).toBe(0);
    await page.getByTestId('message-account').filter({ hasText: '【防震提示】' }).waitFor();
    await page.getByTestId('via').filter({ hasText: '群发消息' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('finds somebody in a crowd, and keeps their phone after a reload', async () => {
    await page.getByTestId('search-citizen').fill('市民300');
    await page.getByTestId('find-citizen').click();
    await page.getByTestId('citizen-市民300').click();
    await page.getByTestId('phone').getByText('市民300').waitFor();
    await page.reload();
    await page.getByTestId('phone').getByText('市民300').waitFor();
    expect(faults).toEqual([]);
  });
});
