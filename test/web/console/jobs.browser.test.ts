import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.js';
import { startSuishen, type SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await Promise.all([
    startSuishen({ DATA_DIR: await temporaryFolder('jobs') }),
    launchBrowser(),
  ]);
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
});
