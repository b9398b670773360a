import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findAnnouncedDatabase } from '../../src/storage/embedded/announce-database.js';
import { openContext } from '../support/browser.js';
import { startInBrowser } from '../support/start-in-browser.js';
import type { SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { Phone } from './phone.js';
import { publishChange, withText } from './publish-change.js';

const accountId = 'pingan-meizhou';
const desktop = { width: 1280, height: 900 };
const handset = { width: 360, height: 640 };

let suishen: SuishenProcess;
let browser: Browser;
let dataDir: string;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  dataDir = await temporaryFolder('phone');
  [suishen, browser] = await startInBrowser({ DATA_DIR: dataDir });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});
beforeEach(async () => {
  await open(desktop);
});
afterEach(async () => {
  await context.close();
});

async function open(viewport: typeof desktop): Promise<void> {
  context = await openContext(browser, viewport);
  page = await context.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text());
  });
  // A citizen of the test's own: what others have said is not in the chat.
  const { openid } = await Phone.ofSomebodyNew(suishen.origin, accountId);
  await page.goto(`${suishen.origin}/sandbox/#${accountId}/${openid}`);
}

async function type(text: string): Promise<void> {
  const input = page.getByTestId('message-input');
  if (!(await input.isVisible())) await page.getByTestId('toggle-menu').click();
  await input.fill(text);
  await page.getByTestId('send').click();
}

/** The newest bubble of the account, once it says what is expected. */
function answer(words: string) {
  return page.getByTestId('message-account').filter({ hasText: words }).last();
}

describe('the phone page', () => {
  it('lets a citizen follow, go through the menu by number, and ask in words', async () => {
    await page.getByTestId('follow').click();
    await answer('欢迎关注').waitFor();
    await type('1');
    await answer('立即打110').waitFor();
    await type('0');
    await answer('主菜单').waitFor();
    await type('3');
    await answer('【3】身份证').waitFor();
    await type('身份证过期了');
    await answer('工本费20元').waitFor();
    expect(await page.getByTestId('message-citizen').allInnerTexts()).toEqual(
      ['1', '0', '3', '身份证过期了'].map((text) => expect.stringContaining(text)),
    );
    expect(faults).toEqual([]);
  });

  it('lets a citizen copy the number that the account knows them by', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('copy-openid').click();
    await page.getByText('编号已复制').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(page.url().endsWith(`/${copied}`)).toBe(true);
    expect(faults).toEqual([]);
  });

  it('hands the phone to the citizen chosen in the panel', async () => {
    await page.getByTestId('citizen-老张').click();
    await page.getByTestId('phone').getByText('老张还没有关注').waitFor();
    await page.getByTestId('follow').click();
    await answer('欢迎关注').waitFor();
    await page.reload();
    await answer('欢迎关注').waitFor();
    expect(faults).toEqual([]);
  });

  it('shows the bottom menu, whose buttons are answered', async () => {
    await page.getByTestId('follow').click();
    await page.getByTestId('menu-0').click();
    await page.getByTestId('menu-0-0').click();
    await answer('【3】丢失补领').waitFor();
    expect(await page.getByTestId('button-menu').innerText()).toMatch(/办事指南\s+查询服务\s+警民互动/);
  });

  it('scans a QR code, which makes a stranger a follower', async () => {
    await page.getByTestId('scene-hall-id-card').click();
    await answer('欢迎关注').waitFor();
    expect(await answer('欢迎关注').innerText()).toContain('【2】到期换领');
  });

  it('shows a link of an answer as a link, and the mark-up of a citizen as text', async () => {
    const uri = (await findAnnouncedDatabase(dataDir))!;
    const link = '<a href="https://www.meizhou.gov.cn/?a=1&b=2">市政府网站</a>';
    await publishChange(uri, accountId, (content) => withText(content, 'thanks', `请看${link}。`));
    await page.getByTestId('follow').click();
    await answer('欢迎关注').waitFor();
    expect(await untilLinked()).toBe('https://www.meizhou.gov.cn/?a=1&b=2');

    const markup = '<b>粗</b><script>document.title = "x"</script><a href="https://evil.example/">点</a>';
    await type(markup);
    const bubble = page.getByTestId('message-citizen').last();
    await bubble.filter({ hasText: markup }).waitFor();
    expect(await bubble.locator('b, script, a').count()).toBe(0);
    expect(await page.title()).not.toBe('x');
    expect(faults).toEqual([]);
  });

  it('fits the screen of a small phone', async () => {
    await context.close();
    await open(handset);
    await page.getByTestId('follow').click();
    await answer('欢迎关注').waitFor();
    await type('身份证过期了');
    await answer('工本费20元').waitFor();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(handset.width);
    await page.getByTestId('open-panel').click();
    await page.getByTestId('scene-hall-exit-entry').click();
    await answer('【1】护照').waitFor();
    expect(faults).toEqual([]);
  });
});

/** Asks until the new release answers; the address that its link leads to. */
async function untilLinked(): Promise<string | null> {
  const link = page.getByTestId('message-account').getByRole('link', { name: '市政府网站' }).last();
  for (let asked = 0; asked < 40 && (await link.count()) === 0; asked += 1) {
    await type('谢谢');
    await link.waitFor({ timeout: 500 }).catch(() => undefined);
  }
  return link.getAttribute('href');
}
