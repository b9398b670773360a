import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('jobs') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

describe('timed jobs', () => {
  it('are listed with what they are for, and run now by an administrator', async () => {
    const visit = await Visit.as(browser, suishen.origin, 'demo-administrator');
    await visit.chooseInMenu('定时任务');
    const row = visit.page.getByRole('row').filter({ hasText: '生成可约时段' });
    await row.getByText('每天 00:10').waitFor();
    await visit.expectAccessible();
    await row.getByRole('button', { name: '现在运行' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: '现在运行' }).click();
    await visit.page.getByText('已经安排，几秒内开始').waitFor();
    // The page looks again by itself.
    await row.getByText(/公众号 \d+，用时/).waitFor({ timeout: 60_000 });
    expect(visit.faults).toEqual([]);
    await visit.close();
  }, 90_000);

  it('tell of each kind of personal data how long it is kept and how much there is', async () => {
    const visit = await Visit.as(browser, suishen.origin, 'demo-administrator');
    await visit.chooseInMenu('定时任务');
    const row = visit.page.getByRole('row').filter({ hasText: '清除到期的个人信息' });
    await row.getByRole('button', { name: '现在运行' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: '现在运行' }).click();
    await row.getByText('没有到期的，用时').waitFor({ timeout: 60_000 });
    await row.getByText('每一类还存着多少', { exact: true }).click();
    await row.getByText('留言和纠错（保存 180 天）：现在没有').waitFor();
    await row.getByText('紧急求助（保存 183 天）：现在没有').waitFor();
    await visit.expectAccessible();
    expect(visit.faults).toEqual([]);
    await visit.close();
  }, 90_000);
});
