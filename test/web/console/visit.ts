import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** No fading under way, nor one that starts with the next frame: what has just appeared begins to fade in then. */
const untilStill = `new Promise((resolve) => {
  const fading = () => document.getAnimations().some(({ effect, playState }) =>
    playState === 'running' && effect.getTiming().iterations !== Infinity);
  let still = 0;
  const look = () => {
    still = fading() ? 0 : still + 1;
    if (still > 3) resolve(true);
    else requestAnimationFrame(look);
  };
  look();
})`;
const office = { width: 1366, height: 768 };

/** Somebody in front of the console, in a browser of their own. */
export class Visit {
  readonly page: Page;
  /** What went wrong in the page: errors in its code, and what it wrote to the console as such. */
  readonly faults: string[] = [];
  readonly #context: BrowserContext;
  readonly #origin: string;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (line) => {
      // The browser itself notes every refusal of the server, also those that the page expects.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
        this.faults.push(line.text());
    });
  }

  /** In front of the sign-in page. */
  static async begin(browser: Browser, origin: string, viewport = office): Promise<Visit> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    const visit = new Visit(context, await context.newPage(), origin);
    await visit.open('');
    return visit;
  }

  /** As a demo member of the sandbox, `demo-editor`, with one click. */
  static async as(browser: Browser, origin: string, demo: string): Promise<Visit> {
    const visit = await Visit.begin(browser, origin);
    await visit.page.getByTestId(demo).click();
    await visit.page.getByRole('navigation', { name: '主菜单' }).waitFor();
    return visit;
  }

  /** @param path below `/console/`: `pingan-meizhou/staff` */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}/console/${path}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  async chooseInMenu(title: string): Promise<void> {
    await this.page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: title }).click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  /** No serious finding of axe in what is shown now. */
  async expectAccessible(): Promise<void> {
    // What fades in or out, or is being loaded, is paler than it will be.
    await this.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await this.page.waitForFunction(untilStill);
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate<AxeResult>('axe.run()');
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
    expect(serious).toEqual([]);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}
