import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { planToWire } from '../../src/api-types/activities.js';
import type { ActivityPlan } from '../../src/features/activities/activity.js';
import { buildActivityPlan, buildGroup, hour, person } from '../support/activity-builders.js';
import { becomePhoneOf, openContext } from '../support/browser.js';
import { startInBrowser } from '../support/start-in-browser.js';
import type { SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';
import { enterAsDemo } from '../web/console/give-roles.js';
import { Visit } from '../web/console/visit.js';
import { Phone } from './phone.js';

const account = 'pingan-meizhou';
const activities = `/accounts/${account}/activities`;
/** A citizen and two members of staff, one after another. */
const journeyMs = 180_000;

let suishen: SuishenProcess;
let browser: Browser;
let phone: Phone;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('activities') });
  phone = await Phone.ofSomebodyNew(suishen.origin, account);
  await phone.act({ action: 'follow' });
  await publish({
    title: '消防体验（示例）',
    groups: [buildGroup({ id: 'morning', name: '上午场' })],
    feeFen: 200,
  });
  await publish({ title: '夜跑（示例）', groups: [buildGroup({ id: 'run', name: '夜跑组' })], feeFen: 300 });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

/** One that begins within the hour, so that its door is open: drawn up by an editor, published by a leader. */
async function publish(plan: Partial<ActivityPlan>): Promise<void> {
  const now = Date.now();
  const times = {
    opensAt: new Date(now - hour),
    closesAt: new Date(now + hour / 3),
    startsAt: new Date(now + hour / 2),
    endsAt: new Date(now + 3 * hour),
  };
  const rules = { refundRules: [{ hoursBefore: 0, percent: 50 }], checkInMinutes: 60, questions: [] };
  const editor = await enterAsDemo(suishen.origin, 'demo-editor');
  const drawn = await editor.post(activities, {
    plan: planToWire(buildActivityPlan({ ...times, ...rules, ...plan })),
  });
  if (drawn.status !== 201) throw new Error(JSON.stringify(drawn.body));
  const leader = await enterAsDemo(suishen.origin, 'demo-leader');
  const { activityId, revision } = drawn.body;
  const published = await leader.post(`${activities}/${activityId}/publish`, { baseRevision: revision });
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
}

/** The citizens' page on that phone. */
async function openPage(path: string): Promise<Page> {
  const context = await openContext(browser, { width: 390, height: 844 });
  await becomePhoneOf(context, phone.openid);
  const page = await context.newPage();
  await page.goto(`${suishen.origin}/h5/${account}${path}`);
  return page;
}

/** For a person to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/journey-${name}.png`, fullPage: true });
}

async function pay(page: Page, price: string): Promise<void> {
  await page.getByRole('button', { name: `微信支付 ${price}` }).click();
  await page.frameLocator('iframe').getByTestId('pay-confirm').click();
  await page.getByAltText('入场二维码').waitFor();
}

/** @returns the code of the ticket. */
async function registerOnPage(page: Page): Promise<string> {
  await page.getByRole('link', { name: /消防体验/ }).click();
  await page
    .getByRole('link', { name: /^报名|报这个/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: '姓名' }).fill('张三');
  await page.getByRole('textbox', { name: '身份证号' }).fill('11010519491231002X');
  await page.getByRole('textbox', { name: '手机号' }).fill('13812345678');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: /去付款 ¥2.00/ }).click();
  await pay(page, '¥2.00');
  await picture(page, 'ticket');
  return page.getByTestId('ticket-code').innerText();
}

/** @returns what the chat said in the end. */
async function registerInChat(): Promise<string> {
  const offered = await phone.say('活动报名');
  const choice = /(\d+)[^\n]*夜跑/.exec(offered)?.[1];
  if (choice === undefined) throw new Error(offered);
  await phone.say(choice);
  await phone.say('1');
  const { name, idNumber, phone: number } = person(7);
  for (const answer of ['同意', name, idNumber, number]) await phone.say(answer);
  return phone.say('确认');
}

it(
  'a citizen registers and pays on the page, is let in once, registers again in the chat, and gets money back',
  async () => {
    const page = await openPage('/activities');
    const code = await registerOnPage(page);
    expect(await phone.say('我的报名')).toContain(code);

    const door = await Visit.as(browser, suishen.origin, 'demo-desk-officer');
    await door.open(`${account}/check-in`);
    await door.page.getByRole('button', { name: /消防体验/ }).click();
    await door.page.getByLabel('这是哪个口').fill('东门');
    await door.page.getByRole('button', { name: '开始检票' }).click();
    const outcome = door.page.getByTestId('outcome');
    await door.page.getByLabel('票号').fill(code);
    await door.page.keyboard.press('Enter');
    await outcome.locator('.in').waitFor();
    await picture(door.page, 'let-in');
    await door.page.getByLabel('票号').fill(code);
    await door.page.keyboard.press('Enter');
    await outcome.locator('.refused').waitFor();
    expect(await outcome.textContent()).toContain('东门');
    expect(door.faults).toEqual([]);
    await door.close();
    await page.reload();
    await page.getByText('已入场').first().waitFor();

    const told = await registerInChat();
    expect(told).toContain('¥3.00');
    const link = /\/h5\/[^\s"]+registrations\/[\w-]+/.exec(told)?.[0] ?? '';
    await page.goto(`${suishen.origin}${link}`);
    await pay(page, '¥3.00');
    await page.getByRole('button', { name: '取消报名' }).click();
    await page.getByText('取消后退还 ¥1.50').waitFor();
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('报名已经取消').waitFor();
    await picture(page, 'cancelled');
    await page.context().close();

    await followRefunds();
    const back = await until('the citizen is told of the money', async () => {
      const entries = await phone.chat();
      const texts = entries.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
      return texts.find((text) => text.includes('¥1.50') && text.includes('退'));
    });
    expect(back).toContain('夜跑（示例）');
  },
  journeyMs,
);

/** What the clock would do within the next minutes. */
async function followRefunds(): Promise<void> {
  const administrator = await enterAsDemo(suishen.origin, 'demo-administrator');
  const { status, body } = await administrator.post('/jobs/refunds.follow/run', {});
  if (status >= 300) throw new Error(JSON.stringify(body));
}
