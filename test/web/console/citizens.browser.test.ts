import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Phone } from '../../e2e/phone.js';
import { openQuestionCollector, type QuestionCollector } from '../../support/question-collector.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { until } from '../../support/until.js';
import { Visit } from './visit.js';

const accountId = 'pingan-meizhou';

let suishen: SuishenProcess;
let browser: Browser;
let collector: QuestionCollector;
/** Who looks after messages in the office; nobody else works there at a time. */
let visit: Visit;

beforeAll(async () => {
  const dataDir = await temporaryFolder('citizens');
  // What goes along the journal does so a minute later; the test does it itself, in time.
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir }, ['--roles', 'web']);
  collector = await openQuestionCollector(dataDir);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await collector.close();
  await suishen.stop();
});

async function follow(): Promise<Phone> {
  const citizen = await Phone.ofSomebodyNew(suishen.origin, accountId);
  await citizen.act({ action: 'follow' });
  return citizen;
}

async function enter(demo: string, title: string): Promise<Visit> {
  visit = await Visit.as(browser, suishen.origin, demo);
  await visit.chooseInMenu(title);
  return visit;
}

async function leave(): Promise<void> {
  expect(visit.faults).toEqual([]);
  await visit.close();
}

function text(words: string | RegExp) {
  return visit.page.getByText(words).first().waitFor();
}

function click(name: string | RegExp) {
  return visit.page.getByRole('button', { name }).first().click();
}

/** Writes why into the dialog that asks, and agrees. */
async function giveReason(reason: string, agree: string): Promise<void> {
  const dialog = visit.page.getByRole('dialog').filter({ hasText: '会记入审计' });
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: agree }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('unanswered questions', () => {
  const question = '广场上的鸽子身份证是谁发的';

  it('are led to an answer in the draft with one click, which can be taken back', async () => {
    const citizen = await follow();
    await citizen.say(question);
    await collector.collect();

    await enter('demo-editor', '未答问题');
    await text(question);
    await visit.expectAccessible();
    await click(new RegExp(`^把“${question}”归入`));
    await text(/已归入.*加了 1 个问法/);
    await text('没有待处理的问题');
    const added = async () =>
      (await collector.content.contentService.findDraft(accountId))?.content.rules.find(({ questions }) =>
        questions.includes(question),
      );
    expect(await added()).toBeDefined();

    await click('撤销');
    await text('已撤销');
    await visit.page.getByRole('button', { name: question, exact: true }).waitFor();
    expect(await added()).toBeUndefined();
    await leave();
  });

  it('get a new answer, which the next citizen hears once it is published', async () => {
    await enter('demo-editor', '未答问题');
    await click(`给“${question}”写回答`);
    await visit.page.getByText('写一条新的').click();
    await visit.page.getByLabel('标题', { exact: true }).fill('广场的鸽子');
    await visit.page.getByLabel('回答', { exact: true }).fill('鸽子不用办身份证，由园林所照看。');
    await visit.expectAccessible();
    await click('写进草稿');
    await text('已归入“广场的鸽子”');
    await leave();

    await collector.content.contentService.publishDraft(accountId, 'system', '');
    const citizen = await follow();
    const answer = await until('the answer is live', async () => {
      const said = await citizen.say(question);
      return said.includes('园林所') && said;
    });
    expect(answer).toContain('鸽子不用办身份证');
    await citizen.say('没用');

    await enter('demo-leader', '评价');
    await text('广场的鸽子');
    await click(/^看看问了什么：“广场的鸽子”/);
    await visit.page.getByRole('dialog').getByText(question).waitFor();
    await visit.expectAccessible();
    await leave();
  });

  it('are dismissed with a reason, and found again', async () => {
    const citizen = await follow();
    await citizen.say('咕噜咕噜魔法学院招生吗');
    await collector.collect();
    await enter('demo-editor', '未答问题');
    await click('忽略“咕噜咕噜魔法学院招生吗”');
    await giveReason('与本局无关', '忽略');
    await text('已忽略。');
    await visit.open(`${accountId}/unanswered?state=dismissed&text=魔法`);
    await text(/忽略：与本局无关/);
    await leave();
  });
});

describe('duty alerts', () => {
  it('call from every page until somebody takes them on, and are closed with a note', async () => {
    const citizen = await follow();
    await citizen.say('救命，有人拿刀追我，我的电话13800138000');

    await enter('demo-desk-officer', '留言');
    await visit.page.getByRole('link', { name: '1 条紧急求助没有人接手' }).click();
    await text('救命，有人拿刀追我，我的电话13800138000');
    await visit.expectAccessible();
    await click(/^接手/);
    await text('没有要接手的');
    await click(/^办结/);
    await giveReason('已转 110，对方安全', '办结');
    await text('现在没有紧急提醒');
    await visit.page.getByText('已办结的').click();
    await text(/办结：已转 110，对方安全/);
    await leave();
  });
});

describe('messages', () => {
  it('are read with masked numbers, in full for a reason, and handled', async () => {
    const citizen = await follow();
    for (const words of ['留言', '路口的灯坏了三天', '跳过', '同意', '13812345678', '确认'])
      await citizen.say(words);

    await enter('demo-desk-officer', '留言');
    await text('路口的灯坏了三天');
    await text('138****5678');
    await visit.expectAccessible();
    await click(/^查看 \d/);
    await click('查看完整号码');
    await giveReason('回电核实', '查看');
    await visit.page.getByRole('dialog').getByText('13812345678').waitFor();
    await click('标为已处理');
    await giveReason('已回电，明天修好', '标为已处理');
    await visit.page
      .getByRole('dialog')
      .getByText(/处理：已回电，明天修好/)
      .waitFor();
    await leave();
  });
});
