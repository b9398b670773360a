import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

let suishen: SuishenProcess;
let browser: Browser;
let editor: Visit;
let page: Page;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('editor') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

beforeEach(async () => {
  editor = await Visit.as(browser, suishen.origin, 'demo-editor');
  ({ page } = editor);
});

const treeItem = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^\\d+ ${name}`) });

describe('an editor of content', () => {
  it('adds a node, its reply and a keyword with nothing but the keyboard', async () => {
    await editor.open('pingan-meizhou/tree');
    await tabTo(treeItem('110与紧急求助'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: '在“交通管理”下面添一项' }).waitFor();
    await tabTo(page.getByLabel('标题'));
    await page.keyboard.type('非机动车上牌');
    await page.keyboard.press('Tab');
    await page.keyboard.type('带身份证和发票，到就近的交警中队。');
    await page.keyboard.press('Control+Enter');
    await expectFocus(treeItem('非机动车上牌'));
    expect(await treeItem('非机动车上牌').getAttribute('aria-level')).toBe('2');

    await page.getByText('带身份证和发票，到就近的交警中队。').last().waitFor();
    await tabTo(page.getByRole('button', { name: '加关键词' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '写一条规则' }).waitFor();
    await tabTo(page.getByLabel('整句等于：再写一条'));
    await page.keyboard.type('飞机动车');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { level: 1, name: '飞机动车' }).waitFor();
    await tabTo(page.getByLabel('市民说的话'));
    await page.keyboard.type('飞机动车');
    await page.keyboard.press('Enter');
    const outcome = page.getByTestId('hits-outcome');
    await outcome.getByText('关键词：整句等于').waitFor();
    await outcome.getByText('就是这一条').waitFor();
    await editor.expectAccessible();
    expect(editor.faults).toEqual([]);
    await editor.close();
  });

  it('moves a node by dragging it, and back by the keyboard', async () => {
    await editor.open('pingan-meizhou/tree');
    const [first, second] = [treeItem('办事网点与时间'), treeItem('户籍、身份证、居住证')];
    await first.dragTo(second, { targetPosition: { x: 120, y: 3 } });
    await expectOrder(['办事网点与时间', '户籍、身份证、居住证', '出入境']);
    await expectFocus(first);
    await page.keyboard.press('Alt+ArrowDown');
    await expectOrder(['户籍、身份证、居住证', '办事网点与时间', '出入境']);
    await page.keyboard.press('Alt+ArrowRight');
    await page.locator('[aria-level="2"]', { hasText: '办事网点与时间' }).waitFor();

    await page.getByLabel('在菜单里找').fill('3-1');
    await page.getByRole('search').getByRole('button', { name: /^3-1 / }).waitFor();
    await editor.expectAccessible();
    await page.reload();
    await treeItem('出入境').waitFor();
    expect(await first.count()).toBe(0);
    expect(editor.faults).toEqual([]);
    await editor.close();
  });

  it('loses nothing when somebody else has saved the same reply first', async () => {
    await editor.open('pingan-meizhou/replies/licence-renew');
    const other = await Visit.as(browser, suishen.origin, 'demo-editor-2');
    await other.open('pingan-meizhou/replies/licence-renew');
    await other.page.getByLabel('一句话的答案').fill('到期前九十天内都能换。');
    await other.page.keyboard.press('Control+s');
    await other.page.getByText('已保存到草稿').waitFor();
    await other.close();

    await page.getByLabel('收费', { exact: true }).fill('十元');
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: '同事先保存了这一项' });
    await dialog.getByText('演示·初审（编辑）-2').first().waitFor();
    await dialog.getByRole('row', { name: /收费/ }).getByText('只有您改过').waitFor();
    await dialog
      .getByRole('row', { name: /一句话的答案/ })
      .getByText('只有对方改过')
      .waitFor();
    await editor.expectAccessible();
    await dialog.getByRole('button', { name: '按上面选的合并保存' }).click();
    await page.getByText('已保存到草稿').waitFor();

    await page.reload();
    await page.getByLabel('市民看到的样子').getByText('到期前九十天内都能换。').waitFor();
    expect(await page.getByLabel('收费', { exact: true }).inputValue()).toBe('十元');
    await page.getByLabel('收费', { exact: true }).fill('二十元');
    await page.getByRole('link', { name: '菜单树' }).click();
    await page.getByRole('dialog', { name: '还没有保存' }).getByRole('button', { name: '取消' }).click();
    expect(await page.getByLabel('收费', { exact: true }).inputValue()).toBe('二十元');
    expect(editor.faults).toEqual([]);
    await editor.close();
  });

  it('sees every fault of files with its line, and what a sound file changes before it does', async () => {
    await editor.open('pingan-meizhou/files');
    const input = page.getByLabel('要导入的文件');
    await input.setInputFiles(
      yaml('scenes.yaml', '- scene: hall\n  title: 大厅\n  opens: { node: A }\n  x: 1\n'),
    );
    const faults = page.getByRole('table', { name: '文件里的错误' });
    await faults.getByRole('cell', { name: 'menus/pingan-meizhou/scenes.yaml' }).first().waitFor();
    await faults.getByRole('cell', { name: '不认识的键“x”' }).waitFor();
    await editor.expectAccessible();

    const mended = '- scene: new-hall\n  title: 新大厅\n  opens: { node: traffic }\n';
    await input.setInputFiles(yaml('scenes.yaml', mended));
    await page.getByText('新大厅').first().waitFor();
    await editor.expectAccessible();
    await page.getByRole('button', { name: '导入到草稿' }).click();
    await page.getByText('已导入到草稿').waitFor();
    await editor.open('pingan-meizhou/settings');
    const scenes = page.getByRole('table', { name: '二维码场景' });
    await scenes.getByRole('cell', { name: 'new-hall' }).waitFor();
    expect(await scenes.getByRole('row').count()).toBe(2);
    expect(editor.faults).toEqual([]);
    await editor.close();
  });

  it('is led by a finding to the field that it is about', async () => {
    await editor.open('pingan-meizhou/findings');
    await page
      .getByRole('link', { name: /的办理地点$/ })
      .first()
      .click();
    await page.getByLabel('办理地点', { exact: true }).waitFor();
    await expectFocus(page.getByLabel('办理地点', { exact: true }));
    expect(editor.faults).toEqual([]);
    await editor.close();
  });

  it.each([
    'tree?node=licence-renew',
    'replies',
    'rules',
    'words',
    'words?item=emergency',
    'settings',
    'findings',
  ])('reads and uses the page %s with any aid', async (path) => {
    await editor.open(`pingan-meizhou/${path}`);
    await page.getByRole('main').locator('input, a').nth(2).waitFor();
    await page.waitForLoadState('networkidle');
    await editor.expectAccessible();
    expect(editor.faults).toEqual([]);
    await editor.close();
  });
});

function yaml(name: string, text: string) {
  return { name, mimeType: 'application/yaml', buffer: Buffer.from(text) };
}

/** Presses Tab until the element has the focus. */
async function tabTo(element: Locator): Promise<void> {
  await element.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${element.toString()}`);
}

async function expectFocus(element: Locator): Promise<void> {
  await element.waitFor();
  const handle = await element.elementHandle();
  await page.waitForFunction((one) => one === document.activeElement, handle);
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((one) => one === document.activeElement);
}

/** Waits until the rows of the tree stand in this order, one below the other. */
async function expectOrder(titles: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const shown = [...document.querySelectorAll('[role=treeitem] .title')].map((one) => one.textContent);
    return shown.join(' ').includes(wanted);
  }, titles.join(' '));
}
