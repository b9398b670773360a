import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { addDays } from '../../../src/core/business-day.js';
import { openProductAppointments, type ProductAppointments } from '../../support/product-appointments.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

const base = 'pingan-meizhou/appointments';
const queueLength = 40;

let suishen: SuishenProcess;
let browser: Browser;
let citizens: ProductAppointments;
/** Who is at the console; nobody else is there at the time. */
let visit: Visit;

beforeAll(async () => {
  const dataDir = await temporaryFolder('appointments');
  // Nothing but what the test does changes places.
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir }, ['--roles', 'web']);
  citizens = await openProductAppointments(dataDir);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await citizens.close();
  await suishen.stop();
});

async function enter(demo: string, path: string): Promise<void> {
  visit = await Visit.as(browser, suishen.origin, demo);
  await visit.open(`${base}${path}`);
}

async function leave(): Promise<void> {
  expect(visit.faults).toEqual([]);
  await visit.close();
}

function text(words: string | RegExp) {
  return visit.page.getByText(words).first().waitFor();
}

function button(name: string | RegExp) {
  return visit.page.getByRole('button', { name }).first();
}

async function giveReason(reason: string, confirm: string): Promise<void> {
  const dialog = visit.page.getByRole('dialog').filter({ hasText: '理由（会记入审计）' });
  await dialog.getByLabel('理由').fill(reason);
  await dialog.getByRole('button', { name: confirm }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// The offer comes first: whatever changes it would close the slots that the other tests make beside it.
describe('the offer', () => {
  it('tells whoever saves too late what a colleague has saved, and keeps what was typed', async () => {
    await enter('demo-leader', '/offer');
    const slow = visit;
    await button('修改“身份证 · 示例办证大厅A”').click();
    const places = slow.page.getByTestId('places');
    await places.getByText('每个时段 30 分钟，2 个窗口，每天共 72 个号').waitFor();
    await slow.page.getByLabel('每个窗口每个时段几个号').fill('4');
    await slow.page.keyboard.press('Tab');
    await places.getByText('每天共 96 个号').waitFor();
    await slow.expectAccessible();

    await enter('demo-administrator', '/offer');
    const quick = visit;
    await button('修改“身份证 · 示例办证大厅A”').click();
    await quick.page.getByRole('checkbox', { name: '周六' }).focus();
    await quick.page.keyboard.press('Space');
    await quick.page.keyboard.press('Control+s');
    await text('已保存，放号跟着调整');
    await text('周一至周六');
    await leave();

    visit = slow;
    await button('保存').click();
    await text(/演示·管理员.* 改过这一项，您的还没有保存/);
    await slow.page.getByRole('row', { name: /星期.*周一至周五.*周一至周六/ }).waitFor();
    await slow.expectAccessible();
    await button('用我的保存').click();
    await text('每天共 96 个号');
    await leave();
  }, 90_000);

  it('pauses a service', async () => {
    await enter('demo-leader', '/offer');
    await visit.expectAccessible();
    await button('暂停“车驾管业务”').click();
    await visit.page.getByRole('dialog').getByRole('button', { name: '暂停预约' }).click();
    await text('已暂停预约');
    await button('恢复“车驾管业务”').waitFor();
    await leave();
  });
});

describe('the calendar', () => {
  it('takes a holiday of a year that is not known yet', async () => {
    await enter('demo-administrator', '/calendar?year=2035');
    await text('这一年还没有节假日安排');
    await button(/^2035年10月1日/).click();
    await visit.page.getByText('放假', { exact: true }).click();
    await visit.page.getByLabel('名称').fill('国庆节');
    await button('保存这一天').click();
    await button('2035年10月1日 周一，国庆节放假').waitFor();
    await leave();
  });

  it('closes a hall for a while, once it has said how many people are told', async () => {
    const day = addDays(citizens.today, 2);
    const slot = await citizens.makeSlot(day, '12:30', '13:00', 5);
    await citizens.book(201, slot);
    await citizens.book(202, slot);
    await enter('demo-leader', `/calendar?year=${day.slice(0, 4)}`);
    await visit.expectAccessible();
    const [year, month, date] = day.split('-').map(Number);
    await button(new RegExp(`^${year}年${month}月${date}日`)).click();
    const drawer = visit.page.getByRole('dialog').first();
    await drawer.getByText('已经有 2 个名额被约走').waitFor();
    await drawer.getByText('一段时间').click();
    await drawer.getByText('这段时间还没有人预约').waitFor();
    await drawer.getByText('全天', { exact: true }).click();
    await drawer.getByLabel('原因').fill('系统升级');
    await visit.expectAccessible();
    await drawer.getByRole('button', { name: '停办' }).click();
    const question = visit.page.getByRole('dialog', { name: /停办$/ });
    await question.getByText('已经有 2 个名额被约走').waitFor();
    await question.getByRole('button', { name: '停办' }).click();
    await text('已停办，正在通知 2 位市民');
    await drawer.getByRole('button', { name: '取消停办' }).waitFor();
    await leave();
  }, 60_000);
});

describe('the counter', () => {
  it('checks forty people in with the keyboard alone, and says why the next is not', async () => {
    const slot = await citizens.makeSlot(citizens.today, '12:30', '13:00', queueLength + 1);
    const codes: string[] = [];
    for (let nth = 1; nth <= queueLength; nth++) codes.push((await citizens.book(nth, slot)).code!);

    await enter('demo-desk-officer', '');
    const { page } = visit;
    await text(`已约 ${queueLength} 人，已签到 0 人`);
    await visit.expectAccessible();
    const outcome = page.getByTestId('check-in-outcome');
    // Nobody clicks into the box: a scanner types wherever the focus is.
    for (const code of codes) {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    }
    await text(`已签到 ${queueLength} 人`);
    expect(await outcome.innerText()).toMatch(/已签到 市\*+\s+身份证 · 12:30–13:00 · 示例办证大厅A/);

    await page.keyboard.type(codes[0]!);
    await page.keyboard.press('Enter');
    await outcome.getByText('这个预约已经签到过了').waitFor();
    await visit.expectAccessible();
    await leave();
  }, 90_000);

  it('books beyond the rules, shows a full number and cancels, each for a reason', async () => {
    const tomorrow = addDays(citizens.today, 1);
    const slot = await citizens.makeSlot(tomorrow, '12:30', '13:00', 1);
    await citizens.book(101, slot);
    await enter('demo-leader', `?day=${tomorrow}`);
    const { page } = visit;
    await button('给 12:30–13:00 身份证 加约').click();
    const form = page.getByRole('dialog', { name: '加约' });
    await form.getByText('已经约满，加约会超出').waitFor();
    await form.getByLabel('姓名').fill('叶剑清');
    await form.getByLabel('身份证号').fill('110105194912310021');
    await form.getByLabel('电话').fill('13800138000');
    await form.getByLabel('为什么破例').fill('行动不便');
    await visit.expectAccessible();
    await form.getByRole('button', { name: '加约' }).click();
    await text('身份证号码不对，请核对后再填');
    await form.getByLabel('身份证号').fill('11010519491231002X');
    await form.getByRole('button', { name: '加约' }).click();
    await text('窗口加约：行动不便');

    await button('完整号码：叶**').click();
    await giveReason('核对证件', '查看');
    const person = page.getByRole('dialog', { name: '完整信息' });
    await person.getByText('11010519491231002X').waitFor();
    await visit.expectAccessible();
    await person.getByRole('button', { name: '看完了，关闭' }).click();

    await button('取消预约：叶**').click();
    await giveReason('本人来电取消', '取消这个预约');
    await text('已取消，市民会收到通知');
    await page.getByText('也看已取消、已过期的').click();
    await text('原因：本人来电取消');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出表格（Excel）' }).click();
    expect((await download).suggestedFilename()).toMatch(/预约名单.*\.xlsx$/);
    await leave();
  }, 90_000);
});

describe('missed visits', () => {
  it('are in the figures, and an objection is granted for a reason', async () => {
    const yesterday = addDays(citizens.today, -1);
    const slot = await citizens.makeSlot(yesterday, '09:00', '09:30', 4);
    citizens.clock.at = slot.startsAt.getTime() - 3_600_000;
    await citizens.missAndObject(301, slot, '孩子住院，电话 13812345678');
    await enter('demo-leader', '/figures');
    await visit.page.getByRole('table', { name: '每天的统计' }).getByText('100%').first().waitFor();
    await visit.expectAccessible();

    await visit.open(`${base}/objections`);
    await text('孩子住院，电话 138****5678');
    await visit.expectAccessible();
    await button(/^同意，免记/).click();
    await giveReason('有医院证明', '同意，免记');
    await text('没有等待处理的申诉');
    await leave();
  }, 60_000);
});
