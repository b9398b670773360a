import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Phone } from '../../e2e/phone.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { until } from '../../support/until.js';
import { giveRoles } from './give-roles.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
/** Several people sign in one after another. */
const journeyMs = 120_000;

let suishen: SuishenProcess;
let browser: Browser;
let citizens: Phone[];

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('notices') });
  citizens = await Promise.all([follow(), follow(), follow()]);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

const enter = (demo: string) => Visit.as(browser, suishen.origin, demo);

/** Somebody who follows and has just said something: they can be answered for 48 hours. */
async function follow(): Promise<Phone> {
  const citizen = await Phone.ofSomebodyNew(suishen.origin, account);
  await citizen.act({ action: 'follow' });
  await citizen.act({ action: 'text', text: '你好' });
  return citizen;
}

function received(citizen: Phone, words: string): Promise<unknown> {
  return until(`“${words}” on the phone`, async () =>
    (await citizen.chat()).some(
      ({ from, content }) => from === 'account' && JSON.stringify(content).includes(words),
    ),
  );
}

/** How often a hand presses something from now on; pages of the console follow one another without a reload. */
async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { presses: number };
    counted.presses = 0;
    window.addEventListener('pointerdown', () => (counted.presses += 1), { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { presses: number }).presses);
}

async function leave(...visits: readonly Visit[]): Promise<void> {
  for (const visit of visits) {
    expect(visit.faults).toEqual([]);
    await visit.close();
  }
}

/** The review of one person, everything ticked one by one. */
async function approve(demo: string, path: string, button: string): Promise<Visit> {
  const visit = await enter(demo);
  await visit.open(path);
  const panel = visit.page.getByRole('region', { name: '审核' });
  const approval = panel.getByRole('button', { name: button, exact: true });
  await approval.waitFor();
  expect(await approval.isDisabled()).toBe(true);
  for (const line of await panel.getByRole('listitem').all()) await line.locator('label').click();
  await visit.expectAccessible();
  await approval.click();
  return visit;
}

describe('an emergency notice', () => {
  it(
    'takes three presses of its author and three of somebody else, and ends with a report',
    async () => {
      const author = await enter('demo-notice-sender');
      await author.chooseInMenu('应急推送');
      const authorPresses = await countPresses(author.page);
      await author.page.getByRole('group', { name: '常用应急文本' }).getByRole('button').first().click();
      const reach = author.page.getByText(/^发给全部关注的/);
      await reach.waitFor();
      await author.expectAccessible();
      await reach.click();
      await author.page.getByRole('button', { name: '送审', exact: true }).click();
      await author.page.getByText('等待应急审批').waitFor();
      expect(await authorPresses()).toBe(3);
      await author.page.getByText('不能自己批准').or(author.page.getByText('由“终审（领导）”来做')).waitFor();
      expect(await author.page.getByRole('button', { name: '批准并发送' }).count()).toBe(0);

      // Somebody who may approve such notices still may not approve their own.
      await giveRoles(suishen.origin, 'demo-notice-sender', ['noticeSender', 'leader']);
      const path = new URL(author.page.url()).pathname.replace('/console/', '');
      const both = await enter('demo-notice-sender');
      await both.open(path);
      await both.page.getByText('这条推送是您写的，不能自己批准。').waitFor();
      expect(await both.page.getByRole('button', { name: '批准并发送' }).count()).toBe(0);
      expect(await approveBesideThePage(both.page, path.split('/').at(-1) ?? '')).toMatchObject({
        status: 403,
        body: { error: { code: 'author_cannot_review' } },
      });
      await both.expectAccessible();

      const leader = await enter('demo-leader');
      const leaderPresses = await countPresses(leader.page);
      await leader.page.getByRole('link', { name: /^应急推送等您批准/ }).click();
      await leader.page.getByText(/^发给 \d+ 人/).click();
      await leader.page.getByRole('button', { name: '批准并发送' }).click();
      await leader.page.getByText('已批准，开始发送').waitFor();
      expect(await leaderPresses()).toBe(3);

      await leader.page.getByText('已发完').waitFor();
      for (const citizen of citizens) await received(citizen, '示例');
      await leader.page
        .getByRole('table', { name: '群发的每一次' })
        .getByText(/^送达 \d+/)
        .waitFor();
      await leader.page.getByRole('table', { name: '每个人的记录' }).getByText('群发').first().waitFor();
      await leader.page.getByRole('link', { name: /^应急推送等您批准/ }).waitFor({ state: 'detached' });
      await leader.expectAccessible();
      await leave(author, both, leader);
    },
    journeyMs,
  );
});

/** As a program could that knows the session: the page itself offers no button. */
function approveBesideThePage(page: Page, id: string): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ({ account, id }) => {
      const { csrfToken } = await (await fetch('/api/v1/session')).json();
      const address = `/api/v1/accounts/${account}/notices/${id}`;
      const { hash, size, channels, due } = await (await fetch(address)).json();
      const response = await fetch(`${address}/approve`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken },
        body: JSON.stringify({ hash, stage: due, recipients: size.recipients, channels }),
      });
      return { status: response.status, body: await response.json() };
    },
    { account, id },
  );
}

describe('a routine notice to a segment', () => {
  it(
    'is written with its faults shown at their fields, seen by three reviewers, sent and reported',
    async () => {
      const author = await enter('demo-notice-sender');
      const { page } = author;
      await author.chooseInMenu('分组');
      await page.getByRole('button', { name: '新建分组' }).click();
      const drawer = page.getByRole('dialog', { name: '新建分组' });
      await drawer.getByLabel('名称').fill('新关注的人');
      await drawer.getByRole('button', { name: '＋某段时间关注的' }).click();
      await drawer.getByRole('combobox', { name: '从哪一天关注' }).fill('2020-01-01');
      await drawer.getByRole('combobox', { name: '从哪一天关注' }).press('Enter');
      await drawer.getByText(/现在有\s*3\s*人/).waitFor();
      await drawer.getByRole('button', { name: '看几个例子' }).click();
      await drawer.getByRole('table', { name: '几个例子' }).waitFor();
      await author.expectAccessible();
      await drawer.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByRole('button', { name: '写推送给“新关注的人”' }).click();

      await page.getByRole('heading', { level: 1, name: '写推送' }).waitFor();
      await page.getByLabel('标题（给同事看，市民看不到）').fill('停办');
      const text = page.getByRole('textbox', { name: '文字', exact: true });
      await text.fill('{{姓名}}您好，办证大厅明天停办。');
      const problems = page.getByRole('list', { name: '要处理的问题' });
      await problems.getByText('没有“姓名”这一项').waitFor();
      expect(await page.getByRole('button', { name: '送审', exact: true }).isDisabled()).toBe(true);
      await problems.getByRole('button', { name: '文字' }).click();
      expect(await text.evaluate((area) => area === document.activeElement)).toBe(true);
      await text.fill('您好，办证大厅明天停办。');
      await page.getByText('没有问题，可以送审。').waitFor();
      await page.getByRole('group', { name: '手机屏幕' }).getByText('您好，办证大厅明天停办。').waitFor();
      await author.expectAccessible();

      const own = citizens[0] ?? (await follow());
      await page.getByLabel('您在这个公众号里的编号（openid）').fill(own.openid);
      await page.getByRole('button', { name: '发到我手机试一试' }).click();
      await page.getByText('发出去了，请看手机').waitFor();
      await received(own, '办证大厅明天停办');

      // What was typed is not lost by a slip.
      await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '推送列表' }).click();
      const question = page.getByRole('dialog', { name: '还没有保存' });
      await question.getByRole('button', { name: '取消' }).click();
      await page.getByRole('button', { name: '保存草稿' }).click();
      await page.getByText('草稿已保存').waitFor();
      await page.getByRole('button', { name: '送审', exact: true }).click();
      await page.getByText('等待初审').waitFor();
      await page.getByText('这条推送里有您写的内容，不能自己审核。').waitFor();
      const path = new URL(page.url()).pathname.replace('/console/', '');

      const first = await approve('demo-editor', path, '初审通过');
      await first.page.getByText('初审是您通过的，复审须由另一个人来做。').waitFor();
      const second = await approve('demo-section-head', path, '复审通过');
      await second.page.getByText('复审是您通过的').waitFor();
      const leader = await approve('demo-leader', path, '终审通过并发送');
      await leader.page.getByText('已发完').waitFor();
      for (const citizen of citizens) await received(citizen, '办证大厅明天停办');
      await leader.page.getByRole('list', { name: '各有多少人' }).getByText('平台已接收').waitFor();
      const records = leader.page.getByRole('table', { name: '每个人的记录' });
      expect(await records.getByRole('row').count()).toBe(1 + citizens.length);
      await leader.expectAccessible();

      await leader.chooseInMenu('推送列表');
      await leader.page.getByText('已结束').click();
      await leader.page.getByRole('row', { name: /停办 已发完/ }).waitFor();
      await leader.expectAccessible();
      await leave(author, first, second, leader);
    },
    journeyMs,
  );
});

describe('an uploaded list', () => {
  const listed = (name: string, lines: readonly string[]) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${lines.join('\n')}\n`),
  });

  it(
    'shows the faults of its columns, then of its rows, and is used once somebody has agreed',
    async () => {
      const author = await enter('demo-notice-sender');
      const { page } = author;
      await author.chooseInMenu('写推送');
      await page.getByText('上传的名单').click();
      const file = page.getByLabel('名单文件');
      await file.setInputFiles(listed('没有编号.csv', ['姓名,金额', '张三,12']));
      await page.getByText('列有问题，请改好文件再上传').waitFor();
      expect(await page.getByRole('list', { name: '列的问题' }).getByRole('listitem').count()).toBe(1);
      expect(await page.getByRole('table', { name: '有问题的行' }).count()).toBe(0);

      const [first, second] = citizens.map(({ openid }) => openid);
      const rows = ['openid,姓名', `${first},张三`, `${first},张三`, 'nonsense!,李四', `${second},王五`];
      await file.setInputFiles(listed('名单.csv', rows));
      await page.getByText(/2 行有问题/).waitFor();
      expect(await page.getByRole('table', { name: '有问题的行' }).getByRole('row').count()).toBe(3);
      await author.expectAccessible();
      await page.getByRole('textbox', { name: '文字', exact: true }).fill('{{姓名}}，您的材料已备好。');
      await page.getByRole('list', { name: '要处理的问题' }).getByText('名单还没有确认').waitFor();
      await page.getByRole('button', { name: '去掉有问题的 2 行，就用这 2 人' }).click();
      await page.getByText('名单已确认：2 人').waitFor();
      await page
        .getByRole('group', { name: '手机屏幕' })
        .getByText(/(张三|王五)，您的材料已备好。/)
        .waitFor();

      await page.getByLabel('标题（给同事看，市民看不到）').fill('取材料');
      await page.getByText('没有问题，可以送审。').waitFor();
      await page.getByRole('button', { name: '送审', exact: true }).click();
      await page.getByText('等待初审').waitFor();
      await author.expectAccessible();
      await leave(author);
    },
    journeyMs,
  );
});
