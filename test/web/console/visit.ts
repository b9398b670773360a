import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openContext } from '../../support/browser.js';
import { expectAccessible } from '../../support/expect-accessible.js';

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
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (line) => {
      // The browser itself notes every refusal of the server, also those that the page expects.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
        this.faults.push(line.text());
    });
  }

  /** In front of the sign-in page. @param prepare what the browser has or knows before. */
  static async begin(
    browser: Browser,
    origin: string,
    viewport = office,
    prepare: (context: BrowserContext) => Promise<void> = async () => {},
  ): Promise<Visit> {
    const context = await openContext(browser, viewport);
    await prepare(context);
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
  expectAccessible(): Promise<void> {
    return expectAccessible(this.page);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
