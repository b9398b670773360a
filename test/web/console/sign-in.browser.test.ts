import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('sign-in') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

describe('signing in', () => {
  it('needs less than 300 KB, also over a slow line of an office', async () => {
    const visit = await Visit.begin(browser, suishen.origin);
    await visit.page.getByRole('heading', { name: '演示账号' }).waitFor();
    const bytes = await visit.page.evaluate<number>(
      `performance.getEntriesByType('resource').reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
    );
    expect(bytes).toBeGreaterThan(50 * 1_024);
    expect(bytes).toBeLessThan(300 * 1_024);
    await visit.close();
  });

  it('leads to the page that was asked for, and a person sees only what the role allows', async () => {
    const visit = await Visit.begin(browser, suishen.origin);
    await visit.open('pingan-meizhou/audit?action=staff.invite');
    await visit.page.getByRole('heading', { name: '演示账号' }).waitFor();
    await visit.expectAccessible();

    await visit.page.getByLabel('用户名').fill('demo-auditor');
    await visit.page.getByLabel('密码').fill('not the password');
    await visit.page.getByRole('button', { name: '登录', exact: true }).click();
    await visit.page.getByRole('alert').getByText('用户名、密码或验证码不对').waitFor();

    await visit.page.getByTestId('demo-auditor').click();
    await visit.page.getByRole('heading', { level: 1, name: '审计' }).waitFor();
    expect(new URL(visit.page.url()).search).toBe('?action=staff.invite');
    expect(await visit.page.title()).toBe('审计 · 平安梅州（示例） · 随身后台');

    await visit.page.getByRole('button', { name: '退出登录' }).click();
    await visit.page.getByTestId('demo-editor').click();
    await visit.page.getByRole('navigation', { name: '主菜单' }).waitFor();
    await visit.open('pingan-meizhou/audit');
    await visit.page.getByRole('heading', { name: '这一页您不能打开' }).waitFor();
    await visit.open('somewhere-else/audit');
    await visit.page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    expect(visit.faults).toEqual([]);
    await visit.close();
  });
});
