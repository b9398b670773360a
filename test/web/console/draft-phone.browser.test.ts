import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { DraftHand } from './draft-hand.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
const journeyMs = 90_000;

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('draft-phone') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

const enter = (demo: string) => Visit.as(browser, suishen.origin, demo);

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('对草稿说').fill(text);
  await page.keyboard.press('Enter');
}

const lastAnswer = (page: Page) => page.getByTestId('message-account').last();
const lastReason = (page: Page) => page.getByTestId('reason').last();

describe('the phone beside the editor', () => {
  it(
    'answers from the draft, says why, and answers anew once the draft has changed',
    async () => {
      const visit = await enter('demo-editor');
      const { page } = visit;
      await visit.open(`${account}/draft`);
      await page.getByRole('button', { name: '草稿手机' }).click();
      await page.getByRole('button', { name: '新市民' }).click();
      await lastReason(page).getByText('欢迎语').waitFor();

      await say(page, '怎么用');
      await lastAnswer(page).getByText('回到主菜单').waitFor();
      await lastReason(page).getByText('整句等于，命中“怎么用”').waitFor();
      await lastReason(page).getByRole('button', { name: '为什么' }).click();
      await lastReason(page).getByText('依次能听懂它的').waitFor();
      await visit.expectAccessible();

      const hand = await DraftHand.of(suishen.origin, 'demo-editor');
      await hand.changeReply('help', (reply) => ({ ...reply, text: '这是改过的说明。' }));
      await page.getByRole('button', { name: '重发上一条' }).click();
      await lastAnswer(page).getByText('这是改过的说明。').waitFor();
      await page.getByText('回答的是草稿第 2 次修改').waitFor();
      expect(await hand.liveText()).not.toContain('这是改过的说明。');

      // It stays as it is while pages come and go.
      await visit.chooseInMenu('底部菜单');
      await lastAnswer(page).getByText('这是改过的说明。').waitFor();
      expect(visit.faults).toEqual([]);
      await visit.close();
    },
    journeyMs,
  );

  it(
    'presses buttons, jumps to a node, scans a code, hears a voice, forgets its place, and alarms nobody',
    async () => {
      const visit = await enter('demo-section-head');
      const { page } = visit;
      await visit.open(`${account}/phone`);
      await page.getByRole('button', { name: '办事指南' }).click();
      await page.getByRole('button', { name: '身份证', exact: true }).click();
      await page.getByText('按下“身份证”').waitFor();
      await lastReason(page).getByText('按了底部菜单').waitFor();

      await page.getByRole('combobox', { name: '跳到菜单项' }).fill('关于本号');
      await page
        .getByRole('option', { name: /^关于本号/ })
        .first()
        .click();
      await page.getByText('按下“关于本号”').waitFor();
      await say(page, '1');
      await lastReason(page).getByText('眼前列表里的数字').waitFor();
      await page.getByRole('button', { name: '让位置过期' }).click();
      await page.getByText(/钟拨快了 \d+ 分钟/).waitFor();

      const scenes = page.getByRole('combobox', { name: '扫二维码' });
      await scenes.click();
      // The list of nodes may still be fading.
      await page
        .locator(`#${await scenes.getAttribute('aria-controls')}`)
        .getByRole('option')
        .first()
        .click();
      await lastReason(page).getByText('扫了二维码').waitFor();

      await page.getByLabel('语音').check();
      await say(page, '救命');
      await page.getByText('（语音）救命').waitFor();
      await lastReason(page).getByText('本来会通知值班人员').waitFor();
      await visit.expectAccessible();
      expect(visit.faults).toEqual([]);
      await visit.close();
    },
    journeyMs,
  );
});

describe('the bottom menu', () => {
  it(
    'is renamed within its bytes and put in order in the draft; the leader publishes what is live',
    async () => {
      const visit = await enter('demo-editor');
      const { page } = visit;
      await visit.open(`${account}/buttons`);
      const menu = page.getByRole('group', { name: '底部菜单' });
      await menu.getByRole('button', { name: '办事指南' }).click();
      await page.getByLabel('名称').fill('办事指南和查询');
      await page.getByText('名称最多 16 字节').waitFor();
      await visit.expectAccessible();
      await page.getByLabel('名称').fill('怎么办事');
      await page.getByText('12 / 16 字节').waitFor();
      await menu.getByRole('button', { name: '怎么办事' }).focus();
      await page.keyboard.press('Alt+ArrowRight');
      const names = await menu.getByRole('button').allInnerTexts();
      expect(names.indexOf('≡ 怎么办事')).toBeGreaterThan(names.indexOf('≡ 查询服务'));
      await page.keyboard.press('Control+s');
      await page.getByRole('button', { name: '放弃修改' }).waitFor({ state: 'hidden' });
      await visit.chooseInMenu('草稿概览');
      await page.getByRole('article').filter({ hasText: '底部菜单' }).getByText('怎么办事').waitFor();
      expect(visit.faults).toEqual([]);
      await visit.close();

      const leader = await enter('demo-leader');
      await leader.open(`${account}/buttons`);
      await leader.page.getByText('市民看到的和正在使用的版本一样').waitFor();
      await leader.page.getByRole('button', { name: '发布到平台' }).click();
      await leader.page
        .getByRole('dialog', { name: '发布底部菜单' })
        .getByRole('button', { name: '发布', exact: true })
        .click();
      await leader.page.getByText('已发布，平台上的菜单和这里一样').waitFor();
      await leader.expectAccessible();
      expect(leader.faults).toEqual([]);
      await leader.close();
    },
    journeyMs,
  );
});
