import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { businessDay } from '../../../src/core/business-day.js';
import { Phone } from '../../e2e/phone.js';
import { person } from '../../support/activity-builders.js';
import { becomePhoneOf, openContext } from '../../support/browser.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
const title = '消防体验日';
/** Several people sign in one after another. */
const journeyMs = 120_000;
const idNumbers = [person(1).idNumber, person(2).idNumber] as const;

let suishen: SuishenProcess;
let browser: Browser;
/** Below `/console/`. */
let activity: string;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('activities') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

const enter = (demo: string) => Visit.as(browser, suishen.origin, demo);
const save = (page: Page) => page.getByRole('button', { name: '保存草稿' });

async function leave(...visits: readonly Visit[]): Promise<void> {
  for (const visit of visits) {
    expect(visit.faults).toEqual([]);
    await visit.close();
  }
}

/** Somebody new registers on the citizens' page. */
async function register(idNumber: string): Promise<void> {
  const phone = await Phone.ofSomebodyNew(suishen.origin, account);
  const context = await openContext(browser, { width: 390, height: 844 });
  await becomePhoneOf(context, phone.openid);
  const page = await context.newPage();
  await page.goto(`${suishen.origin}/h5/${account}/${activity.split('/').slice(1).join('/')}/register`);
  await page.getByLabel('穿多大的衣服？').fill('大号');
  await page.getByRole('textbox', { name: '姓名' }).fill('张三');
  await page.getByRole('textbox', { name: '身份证号' }).fill(idNumber);
  await page.getByRole('textbox', { name: '手机号' }).fill('138 1234 5678');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '提交报名' }).click();
  await page.waitForURL(/registrations\//);
  await context.close();
}

async function giveReason(page: Page, reason: string, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ hasText: '理由（会记入审计）' });
  await dialog.getByLabel('理由').fill(reason);
  await dialog.getByRole('button', { name: confirm }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('an activity', () => {
  it(
    'is drawn up with its faults shown at their fields, and published by somebody else',
    async () => {
      const editor = await enter('demo-editor');
      const { page } = editor;
      await editor.chooseInMenu('活动');
      await editor.expectAccessible();
      await page.getByRole('button', { name: '新建活动' }).first().click();
      await page.getByRole('link', { name: '报名活动' }).click();
      await page.getByLabel('名称', { exact: true }).fill(title);
      expect(await save(page).isDisabled()).toBe(true);
      await page.getByRole('list', { name: '要处理的问题' }).getByRole('button', { name: '地点' }).click();
      const place = page.getByLabel('地点', { exact: true });
      expect(await place.evaluate((input) => input === document.activeElement)).toBe(true);
      await place.fill('示例消防站');
      const opening = page.getByRole('combobox', { name: '报名开始（北京时间）' });
      await opening.fill(`${businessDay(Date.now())} 00:00`);
      await opening.press('Enter');
      await page.getByText('要审核：每个人报名后').click();
      await page.getByRole('button', { name: '加一个问题' }).click();
      await page.getByLabel('问题 1', { exact: true }).fill('穿多大的衣服？');
      await page.getByLabel('问题 1 的简称').fill('衣服尺码');
      // What citizens will fill in shows at once.
      await page.getByRole('group', { name: '市民在手机上看到的' }).getByText('穿多大的衣服？').waitFor();
      await editor.expectAccessible();

      // What was typed is not lost by a slip.
      await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '活动' }).click();
      await page.getByRole('dialog', { name: '还没有保存' }).getByRole('button', { name: '取消' }).click();
      await page.getByText('没有问题。').waitFor();
      await save(page).click();
      await page.getByText('已保存').waitFor();
      await page.waitForURL(/\/edit$/);
      activity = new URL(page.url()).pathname.replace('/console/', '').replace(/\/edit$/, '');
      await page.reload();
      await page.getByLabel('问题 1 的简称').waitFor();
      await editor.open(activity);
      await page.getByText('由“终审（领导）”核对、发布').waitFor();

      const leader = await enter('demo-leader');
      await leader.open(activity);
      const publish = leader.page.getByRole('button', { name: '发布，让市民看到' });
      await publish.waitFor();
      expect(await publish.isDisabled()).toBe(true);
      const lines = leader.page.getByRole('list', { name: '逐项核对' }).getByRole('listitem');
      for (const line of await lines.all()) await line.locator('label').click();
      await leader.expectAccessible();
      await publish.click();
      await leader.page.getByText('已发布，市民现在可以看到').waitFor();
      await leader.page.getByRole('table', { name: '报名情况' }).getByText('0 / 40').waitFor();
      await leader.expectAccessible();
      await leave(editor, leader);
    },
    journeyMs,
  );

  it(
    'shows a colleague’s change to whoever saves too late, and keeps what was typed',
    async () => {
      const slow = await enter('demo-leader');
      await slow.open(`${activity}/edit`);
      await slow.page.getByLabel('地点', { exact: true }).fill('示例消防站二楼');
      const quick = await enter('demo-leader');
      await quick.open(`${activity}/edit`);
      await quick.page.getByLabel('总名额').fill('30');
      await quick.page.keyboard.press('Tab');
      await quick.page.getByRole('button', { name: '保存并让市民看到' }).click();
      const dialog = quick.page.getByRole('dialog', { name: '保存以前，请看清影响' });
      await dialog.getByText('市民马上会看到新的内容').waitFor();
      await quick.expectAccessible();
      await dialog.getByRole('button', { name: '看清了，保存' }).click();
      await quick.page.getByText('已保存，市民现在看到的就是新的').waitFor();

      await slow.page.getByRole('button', { name: '保存并让市民看到' }).click();
      await slow.page.getByRole('row', { name: /总名额.*40.*30/ }).waitFor();
      await slow.expectAccessible();
      await slow.page.getByRole('button', { name: '换成对方的，再改' }).click();
      expect(await slow.page.getByLabel('地点', { exact: true }).inputValue()).toBe('示例消防站');
      await leave(slow, quick);
    },
    journeyMs,
  );

  it(
    'has its applicants approved together or turned down, shown in full and exported for a reason',
    async () => {
      for (const idNumber of idNumbers) await register(idNumber);
      const desk = await enter('demo-desk-officer');
      await desk.open(activity);
      await desk.page.getByRole('table', { name: '报名情况' }).getByText('2 / 30').waitFor();
      await desk.page.getByRole('button', { name: '报名的人' }).click();
      const table = desk.page.getByRole('table', { name: '报名的人' });
      await table.getByText('衣服尺码：大号').first().waitFor();
      expect(await table.getByText('待审核').count()).toBe(2);
      await desk.expectAccessible();

      await table
        .getByRole('button', { name: /^不通过/ })
        .first()
        .click();
      await giveReason(desk.page, '名额留给没来过的人', '不通过 1 人');
      await table.getByText('原因：名额留给没来过的人').waitFor();
      await desk.page.getByRole('button', { name: '选中本页待审核的 1 人' }).click();
      await desk.page.getByRole('button', { name: '通过 1 人', exact: true }).click();
      await desk.page.getByRole('dialog').getByRole('button', { name: '通过 1 人' }).click();
      await desk.page.getByText('通过了 1 人，他们会收到通知').waitFor();
      await table.getByText('已报名').waitFor();

      await table
        .getByRole('button', { name: /^完整信息/ })
        .last()
        .click();
      await giveReason(desk.page, '核对证件', '查看');
      const person = desk.page.getByRole('dialog', { name: '完整信息' });
      await person.getByText(idNumbers[1]).waitFor();
      await desk.expectAccessible();
      await person.getByRole('button', { name: '看完了，关闭' }).click();
      const download = desk.page.waitForEvent('download');
      await desk.page.getByRole('button', { name: '导出表格（Excel）' }).click();
      await giveReason(desk.page, '现场核对', '导出');
      expect((await download).suggestedFilename()).toMatch(new RegExp(`${title}.*\\.xlsx$`));
      await leave(desk);
    },
    journeyMs,
  );

  it(
    'is cancelled once it has said how many are told',
    async () => {
      const leader = await enter('demo-leader');
      await leader.open(activity);
      await leader.page.getByRole('button', { name: '取消活动' }).click();
      const question = leader.page.getByRole('dialog', { name: `取消“${title}”` });
      await question.getByText('报了名和排着候补的 1 人会逐个收到通知').waitFor();
      await leader.expectAccessible();
      await giveReason(leader.page, '台风橙色预警', '取消这个活动');
      await leader.page.getByText('告诉市民的理由：台风橙色预警').waitFor();
      await leader.chooseInMenu('活动');
      await leader.page.getByText('已取消', { exact: true }).first().click();
      await leader.page.getByRole('link', { name: title }).waitFor();
      await leave(leader);
    },
    journeyMs,
  );
});
