import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Phone } from '../../e2e/phone.js';
import { openQuestionCollector, type QuestionCollector } from '../../support/question-collector.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { until } from '../../support/until.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
/** Six people sign in one after another. */
const journeyMs = 120_000;

const question = '广场上的鸽子归谁喂呀';
const answer = '鸽子由园林所照看，请不要投喂。';

let suishen: SuishenProcess;
let browser: Browser;
let collector: QuestionCollector;

beforeAll(async () => {
  const dataDir = await temporaryFolder('clerk');
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir }, ['--roles', 'web']);
  collector = await openQuestionCollector(dataDir);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await collector.close();
  await suishen.stop();
});

async function as(demo: string, errand: (visit: Visit) => Promise<void>): Promise<void> {
  const visit = await Visit.as(browser, suishen.origin, demo);
  await errand(visit);
  expect(visit.faults).toEqual([]);
  await visit.close();
}

async function writeAnswer({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: `给“${question}”写回答` }).click();
  await page.getByText('写一条新的').click();
  await page.getByLabel('标题', { exact: true }).fill('广场的鸽子');
  await page.getByLabel('回答', { exact: true }).fill(answer);
  await page.getByRole('button', { name: '写进草稿' }).click();
  await page.getByText('已归入“广场的鸽子”').first().waitFor();
}

async function tryOnPhone({ page }: Visit): Promise<void> {
  await page.getByLabel('对草稿说').fill(question);
  await page.keyboard.press('Enter');
  await page.getByTestId('message-account').last().getByText(answer).waitFor();
}

async function submit({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: '送审', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '送审' });
  await dialog.getByLabel('给审核人的说明').fill('市民问到鸽子');
  await dialog.getByRole('button', { name: '送审', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /第 \d+ 次送审/ }).waitFor();
}

async function approve(visit: Visit, stage: string, confirmation: string): Promise<void> {
  const { page } = visit;
  await visit.chooseInMenu('审核');
  await page.getByRole('button', { name: '去审核' }).click();
  await page.getByText(answer).first().waitFor();
  await page.getByRole('button', { name: `${stage}通过` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: confirmation, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function rollBack(visit: Visit): Promise<void> {
  const { page } = visit;
  await visit.chooseInMenu('发布版本');
  await page.getByRole('button', { name: /回退\s*到第 1 版/ }).click();
  const dialog = page.getByRole('dialog', { name: '回退到第 1 版' });
  await dialog.getByLabel('理由').fill('先和园林所核实');
  await dialog.getByRole('button', { name: '马上回退' }).click();
  await page.getByRole('row', { name: /第 3 版 使用中/ }).waitFor();
}

it(
  'a question that nobody could answer is answered: written, tried, reviewed by three, live, and taken back',
  async () => {
    const citizen = await Phone.ofSomebodyNew(suishen.origin, account);
    await citizen.act({ action: 'follow' });
    expect(await citizen.say(question)).not.toContain('园林所');
    await collector.collect();

    await as('demo-editor', async (clerk) => {
      await clerk.chooseInMenu('未答问题');
      await writeAnswer(clerk);
      await clerk.open(`${account}/phone`);
      await tryOnPhone(clerk);
      expect(await citizen.say(question)).not.toContain('园林所');
      await clerk.open(`${account}/draft`);
      await submit(clerk);
    });
    await as('demo-editor-2', (visit) => approve(visit, '初审', '通过'));
    await as('demo-section-head', (visit) => approve(visit, '复审', '通过'));
    expect(await citizen.say(question)).not.toContain('园林所');
    await as('demo-leader', async (leader) => {
      await approve(leader, '终审', '通过并发布');
      expect(await until('the new answer', () => hears(citizen, true))).toContain(answer);
      await rollBack(leader);
      expect(await until('the answer before', () => hears(citizen, false))).not.toContain('园林所');
    });
  },
  journeyMs,
);

/** What the citizen is told now, once it does or does not hold the new answer. */
async function hears(citizen: Phone, isNew: boolean): Promise<string | false> {
  const said = await citizen.say(question);
  return said.includes('园林所') === isNew && said;
}
