import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { addDays } from '../../../src/core/business-day.js';
import { openProductAppointments, type ProductAppointments } from '../../support/product-appointments.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

let suishen: SuishenProcess;
let browser: Browser;
let citizens: ProductAppointments;

beforeAll(async () => {
  const dataDir = await temporaryFolder('undelivered');
  // Nobody sends: what is to be sent once more waits.
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir }, ['--roles', 'web']);
  citizens = await openProductAppointments(dataDir);
  const tomorrow = addDays(citizens.today, 1);
  const slot = await citizens.makeSlot(tomorrow, '22:00', '22:30', 3);
  await citizens.cancelUntold(1, slot, { status: 'refused', reason: 'receiver_permanent:43004' });
  await citizens.cancelUntold(2, slot, { status: 'unknown', reason: 'platform_timeout' });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await citizens.close();
  await suishen.stop();
});

it('shows who was not told, what, and why; the leader has it sent once more for a reason', async () => {
  const visit = await Visit.as(browser, suishen.origin, 'demo-leader');
  await visit.chooseInMenu('没送到的通知');
  const refused = visit.page.getByRole('row').filter({ hasText: '尾号 o-1' });
  await refused.getByText('这位市民取消了关注，或者不收公众号的消息').waitFor();
  await refused.getByText('您的预约已由大厅取消').waitFor();
  expect(await refused.innerText()).toMatch(/市\*/);
  expect(await refused.innerText()).toContain('138****0000');
  const unknown = visit.page.getByRole('row').filter({ hasText: '尾号 o-2' });
  await unknown.getByText('不知道到没到').waitFor();
  await visit.expectAccessible();

  await unknown.getByRole('button', { name: '再发一次' }).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByText('上一次也许已经送到了').waitFor();
  await dialog.getByLabel('理由').fill('市民打电话来问，说没有收到');
  await dialog.getByRole('button', { name: '再发一次' }).click();
  await visit.page.getByText('已经安排，几秒内再发一次').waitFor();
  await unknown.waitFor({ state: 'detached' });
  expect(await refused.count()).toBe(1);
  expect(visit.faults).toEqual([]);
  await visit.close();
});

it('lets the counter see it, and leaves sending once more to the leader', async () => {
  const visit = await Visit.as(browser, suishen.origin, 'demo-desk-officer');
  await visit.open('pingan-meizhou/undelivered-notices');
  await visit.page.getByText('尾号 o-1').waitFor();
  expect(await visit.page.getByRole('button', { name: '再发一次' }).count()).toBe(0);
  expect(visit.faults).toEqual([]);
  await visit.close();
});
