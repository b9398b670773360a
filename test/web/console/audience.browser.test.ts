import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Phone } from '../../e2e/phone.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

const account = 'pingan-meizhou';
const journeyMs = 90_000;

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('audience') });
  for (const district of ['梅江区', '大埔县']) {
    const citizen = await Phone.ofSomebodyNew(suishen.origin, account);
    await citizen.act({ action: 'follow' });
    for (const text of ['我的区县', district, '确认']) await citizen.say(text);
  }
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

describe('who follows the account', () => {
  it(
    'is synchronised, grouped by what they told, and tagged as a group',
    async () => {
      const visit = await Visit.as(browser, suishen.origin, 'demo-notice-sender');
      const { page } = visit;
      await visit.chooseInMenu('粉丝与标签');
      await page.getByRole('button', { name: '现在同步' }).click();
      await page.getByText(/上次同步 .*名单\s+\d+ 人/).waitFor();
      await page.getByRole('button', { name: '新建标签' }).click();
      const naming = page.getByRole('dialog', { name: '新建标签' });
      await naming.getByLabel('名称').fill('一二三四五六七八九十一');
      await naming.getByText('最多 30 字节').waitFor();
      await naming.getByLabel('名称').fill('梅江老街坊');
      await naming.getByRole('button', { name: '保存' }).click();
      await page.getByRole('cell', { name: '梅江老街坊', exact: true }).waitFor();

      await visit.chooseInMenu('分组');
      await page.getByRole('button', { name: '新建分组' }).click();
      const drawer = page.getByRole('dialog', { name: '新建分组' });
      await drawer.getByLabel('名称').fill('梅江区的人');
      await drawer.getByRole('button', { name: '＋在某个区县' }).click();
      await drawer.getByText('选一个或几个区县').click();
      await page.getByRole('option', { name: '梅江区' }).click();
      await drawer.getByText(/现在有\s*1\s*人/).waitFor();
      await drawer.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('在 梅江区').waitFor();
      await visit.expectAccessible();

      await visit.chooseInMenu('粉丝与标签');
      await page.getByRole('button', { name: '成批打标签“梅江老街坊”' }).click();
      const tagging = page.getByRole('dialog', { name: '成批打标签：梅江老街坊' });
      await tagging.getByRole('combobox', { name: '给哪个分组的人' }).click();
      await page.getByRole('option', { name: '梅江区的人' }).click();
      await tagging.getByText(/现在有\s*1\s*人/).waitFor();
      await visit.expectAccessible();
      await tagging.getByRole('button', { name: '打上标签' }).click();
      const done = page.getByRole('table', { name: '成批打标签的记录' });
      await done.getByRole('row', { name: /打上“梅江老街坊” 做完了 共 1 人，已改 1 人/ }).waitFor();
      await visit.expectAccessible();
      expect(visit.faults).toEqual([]);
      await visit.close();
    },
    journeyMs,
  );
});

describe('what notices are made of', () => {
  it(
    'is arranged by the leader: prewritten texts, and when nobody is to be disturbed',
    async () => {
      const visit = await Visit.as(browser, suishen.origin, 'demo-leader');
      const { page } = visit;
      await visit.chooseInMenu('常用应急文本');
      await page.getByRole('button', { name: '添加应急文本' }).click();
      const drawer = page.getByRole('dialog', { name: '添加应急文本' });
      await drawer.getByLabel('标题').fill('山火');
      await drawer.getByLabel('文字').fill('山火正在蔓延，请远离山林，听从转移安排。');
      await visit.expectAccessible();
      await drawer.getByRole('button', { name: '保存' }).click();
      await page.getByRole('cell', { name: '山火', exact: true }).waitFor();

      await visit.chooseInMenu('额度与错误');
      await page
        .getByRole('table', { name: '每天的额度' })
        .getByRole('row', { name: /^模板消息/ })
        .waitFor();
      await page.getByText('夜里不打扰市民').click();
      await page.getByRole('button', { name: '保存免打扰时间' }).click();
      await page.getByText('已保存').waitFor();
      await page.reload();
      await page.getByRole('combobox', { name: '免打扰从几点' }).waitFor();
      expect(await page.getByRole('combobox', { name: '免打扰从几点' }).inputValue()).toBe('22:00');
      await visit.expectAccessible();
      expect(visit.faults).toEqual([]);
      await visit.close();
    },
    journeyMs,
  );
});
