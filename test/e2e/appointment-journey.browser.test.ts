import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { becomePhoneOf, openContext } from '../support/browser.js';
import { openProductAppointments, type ProductAppointments } from '../support/product-appointments.js';
import { startInBrowser } from '../support/start-in-browser.js';
import type { SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';
import { giveRoles } from '../web/console/give-roles.js';
import { Visit } from '../web/console/visit.js';
import { Phone } from './phone.js';

const account = 'pingan-meizhou';
/** A citizen and two members of staff, one after another. */
const journeyMs = 120_000;

let suishen: SuishenProcess;
let browser: Browser;
let appointments: ProductAppointments;
let phone: Phone;

beforeAll(async () => {
  const dataDir = await temporaryFolder('appointments');
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir });
  appointments = await openProductAppointments(dataDir);
  phone = await Phone.ofSomebodyNew(suishen.origin, account);
  await phone.act({ action: 'follow' });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await appointments.close();
  await suishen.stop();
});

function citizen() {
  return { accountId: account, openid: phone.openid };
}

/** The citizens' page on that phone. */
async function openPage(path: string): Promise<Page> {
  const context = await openContext(browser, { width: 375, height: 720 });
  await becomePhoneOf(context, phone.openid);
  const page = await context.newPage();
  await page.goto(`${suishen.origin}/h5/${account}${path}`);
  return page;
}

/** @returns the code to show at the counter. */
async function bookOnPage(): Promise<string> {
  const page = await openPage('/');
  await page.getByRole('link', { name: /身份证/ }).click();
  await page.getByRole('link', { name: /示例办证大厅A/ }).click();
  await page
    .getByRole('button', { name: /余 \d+ 个/ })
    .nth(2)
    .click();
  await page.getByRole('button', { name: /9:00–9:30/ }).click();
  await page.getByRole('textbox', { name: '姓名' }).fill('张三');
  await page.getByRole('textbox', { name: '身份证号' }).fill('11010519491231002X');
  await page.getByRole('textbox', { name: '手机号' }).fill('13812345678');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '确认预约' }).click();
  await page.getByText('预约成功').waitFor();
  const code = await page.getByTestId('check-in-code').innerText();
  await page.context().close();
  return code;
}

it(
  'a place is booked on the page, seen and moved in the chat, and its citizen is checked in at the counter',
  async () => {
    const code = await bookOnPage();
    const seen = await phone.say('我的预约');
    expect(seen).toContain(`预约码 ${code}`);
    expect(seen).toContain('上午 9:00–9:30');

    await phone.say('改期');
    // Which times are left of the first day depends on the hour at which this runs.
    const [time = ''] = /(?<=【3】)[上下]午 \d+:\d+–\d+:\d+/.exec(await phone.say('1')) ?? [];
    expect(time).not.toBe('');
    await phone.say('3');
    expect(await phone.say('确认')).toContain('改好了');
    const moved = await phone.say('我的预约');
    expect(moved).toContain(time);
    expect(moved).toContain(`预约码 ${code}`);

    await appointments.bringToToday(citizen());
    const desk = await Visit.as(browser, suishen.origin, 'demo-desk-officer');
    await desk.open(`${account}/appointments`);
    await desk.page.getByText('已约 1 人，已签到 0 人').waitFor();
    await desk.page.keyboard.type(code);
    await desk.page.keyboard.press('Enter');
    await desk.page.getByTestId('check-in-outcome').getByText('已签到').waitFor();
    expect(desk.faults).toEqual([]);
    await desk.close();
    expect(await phone.say('我的预约')).toContain('您现在没有预约');
  },
  journeyMs,
);

it(
  'a day is closed, and whoever had booked it is told, with other times',
  async () => {
    await bookOnPage();
    const [year = '', month, date] = (await appointments.dayOf(citizen())).split('-').map(Number);
    await giveRoles(suishen.origin, 'demo-leader', ['leader', 'noticeSender']);
    const leader = await Visit.as(browser, suishen.origin, 'demo-leader');
    await leader.open(`${account}/appointments/calendar?year=${year}`);
    await leader.page.getByRole('button', { name: new RegExp(`^${year}年${month}月${date}日`) }).click();
    const drawer = leader.page.getByRole('dialog').first();
    await drawer.getByText('已经有 1 个名额被约走').waitFor();
    await drawer.getByLabel('原因').fill('系统升级');
    await drawer.getByRole('button', { name: '停办' }).click();
    const question = leader.page.getByRole('dialog', { name: /全天停办$/ });
    await question.getByRole('button', { name: '停办' }).click();
    await leader.page.getByText('已停办，正在通知 1 位市民').waitFor();

    const told = await until('the citizen is told', async () => {
      const entries = await phone.chat();
      const texts = entries.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
      return texts.find((text) => text.includes('系统升级'));
    });
    expect(told).toMatch(/\d+月\d+日（周.）/);
    expect(await phone.say('我的预约')).toContain('您现在没有预约');

    // The closure itself leads to a notice for those whom it cost their booking.
    await drawer.getByRole('link', { name: '给预约因此取消的人写推送' }).click();
    await leader.page.getByText(/现在有\s*1\s*人/).waitFor();
    await leader.page.getByText('预约因停办取消的人', { exact: true }).waitFor();
    await leader.page.getByRole('button', { name: /插入“预约时间”/ }).waitFor();
    expect(leader.faults).toEqual([]);
    await leader.close();
  },
  journeyMs,
);
