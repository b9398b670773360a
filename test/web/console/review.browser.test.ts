import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { DraftHand } from './draft-hand.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
/** Five people sign in one after another. */
const journeyMs = 90_000;

let suishen: SuishenProcess;
let browser: Browser;
let editor: DraftHand;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('review') });
  editor = await DraftHand.of(suishen.origin, 'demo-editor');
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

const enter = (demo: string) => Visit.as(browser, suishen.origin, demo);

/** Through the review of one person, with the confirmation. */
async function approve(demo: string, stage: string, confirmation = '通过'): Promise<Visit> {
  const visit = await enter(demo);
  await visit.chooseInMenu('审核');
  await visit.page.getByText('等您审核。').waitFor();
  await visit.page.getByRole('button', { name: '去审核' }).click();
  await visit.page.getByRole('button', { name: `${stage}通过` }).click();
  await visit.page.getByRole('dialog').getByRole('button', { name: confirmation, exact: true }).click();
  return visit;
}

async function submit(visit: Visit, note: string): Promise<void> {
  await visit.open(`${account}/draft`);
  await visit.page.getByRole('button', { name: '送审', exact: true }).click();
  const dialog = visit.page.getByRole('dialog', { name: '送审' });
  await dialog.getByLabel('给审核人的说明').fill(note);
  await visit.expectAccessible();
  await dialog.getByRole('button', { name: '送审', exact: true }).click();
  await visit.page.getByRole('heading', { level: 1, name: /第 \d+ 次送审/ }).waitFor();
}

describe('a change of the draft', () => {
  it(
    'is seen word by word, reviewed by three others, and then live; the leader takes it back',
    async () => {
      await editor.changeReply('help', (reply) => ({ ...reply, text: `${reply.text}\n周末也能问。` }));
      const author = await enter('demo-editor');
      await author.open(`${account}/draft`);
      const item = author.page.getByRole('article').filter({ hasText: '怎么用' });
      await item.getByText('演示').waitFor();
      expect(await item.locator('ins').allInnerTexts()).toEqual([expect.stringContaining('周末也能问。')]);
      expect(await item.locator('del').count()).toBe(0);
      await author.expectAccessible();

      await submit(author, '周末有人值班');
      await author.page.getByText('这次送审里有您改的内容，不能自己审核。').waitFor();
      expect(await author.page.getByRole('button', { name: '初审通过' }).count()).toBe(0);
      await author.expectAccessible();

      const first = await approve('demo-editor-2', '初审');
      await first.page.getByText('初审是您通过的，复审须由另一个人来做。').waitFor();
      await (await approve('demo-section-head', '复审')).page.getByText('复审是您通过的').waitFor();
      const leader = await approve('demo-leader', '终审', '通过并发布');
      await leader.page.getByRole('button', { name: '查看第 2 版' }).click();
      await leader.page.getByRole('heading', { level: 1, name: '第 2 版' }).waitFor();
      await leader.page.getByText('周末也能问。').waitFor();
      await leader.expectAccessible();
      expect(await editor.liveText()).toContain('周末也能问。');

      await leader.chooseInMenu('发布版本');
      await leader.page.getByRole('button', { name: /回退\s*到第 1 版/ }).click();
      const question = leader.page.getByRole('dialog', { name: '回退到第 1 版' });
      await question.getByText('现在的草稿先存成快照').waitFor();
      await question.getByLabel('理由').fill('说早了');
      await question.getByRole('button', { name: '马上回退' }).click();
      await leader.page.getByRole('row', { name: /第 3 版 使用中/ }).waitFor();
      await leader.page.getByRole('table', { name: '草稿快照' }).getByText('第 1 版').waitFor();
      await leader.expectAccessible();
      expect(await editor.liveText()).not.toContain('周末也能问。');
      for (const visit of [author, first, leader]) {
        expect(visit.faults).toEqual([]);
        await visit.close();
      }
    },
    journeyMs,
  );

  it(
    'that comes after the submission voids it, and the reviewer sees what changed',
    async () => {
      await editor.changeReply('help', (reply) => ({ ...reply, text: '第一种说法。' }));
      const author = await enter('demo-editor');
      await submit(author, '');
      const reviewer = await enter('demo-editor-2');
      await reviewer.open(new URL(author.page.url()).pathname.replace('/console/', ''));
      await reviewer.page.getByText('第一种说法。').waitFor();

      await reviewer.page.getByRole('button', { name: '初审通过' }).click();
      const question = reviewer.page.getByRole('dialog', { name: '初审通过' });
      await question.getByText('您看过的是校验值').waitFor();
      await editor.changeReply('help', (reply) => ({ ...reply, text: '第二种说法。' }));
      await question.getByRole('button', { name: '通过', exact: true }).click();
      await reviewer.page.getByText(/这次送审已作废.*又改了草稿/).waitFor();
      const since = reviewer.page.getByRole('region', { name: '送审以后又改了什么' });
      await since.getByText('第二').waitFor();
      await reviewer.expectAccessible();
      expect(reviewer.faults).toEqual([]);
      await Promise.all([author.close(), reviewer.close()]);
    },
    journeyMs,
  );
});

describe('a reply that must not stay', () => {
  it(
    'is taken off by the leader at once',
    async () => {
      const leader = await enter('demo-leader');
      await leader.chooseInMenu('发布版本');
      await leader.page.getByRole('button', { name: '撤下一条回复' }).click();
      const dialog = leader.page.getByRole('dialog', { name: '撤下一条回复' });
      await dialog.getByLabel('找到那条回复').fill('关于');
      await dialog
        .getByRole('button', { name: /选择\s*“关于/ })
        .first()
        .click();
      await dialog.getByLabel('理由').fill('内容过时');
      await leader.expectAccessible();
      await dialog.getByRole('button', { name: '马上撤下' }).click();
      await leader.page.getByRole('cell', { name: /撤下一条回复/ }).waitFor();
      expect(leader.faults).toEqual([]);
      await leader.close();
    },
    journeyMs,
  );
});
