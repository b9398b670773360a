import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { becomePhoneOf, openContext } from '../../support/browser.js';
import { accountId, type CitizenPages } from '../../support/citizen-pages.js';
import { expectAccessible } from '../../support/expect-accessible.js';

const usual = { width: 375, height: 720 };

/** A citizen with a phone in hand, in a browser of their own. */
export class CitizenVisit {
  readonly page: Page;
  /** What went wrong in the page: errors in its code, and what it wrote to the console as such. */
  readonly faults: string[] = [];
  /** Every address that was asked for. */
  readonly addresses: string[] = [];
  readonly #context: BrowserContext;
  readonly #origin: string;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
    page.on('request', (request) => this.addresses.push(request.url()));
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (line) => {
      // The browser itself notes every refusal of the server, also those that the page expects.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
        this.faults.push(line.text());
    });
  }

  /** @param nickname somebody of the sandbox, whose phone it is; without: the platform asks. */
  static async begin(
    browser: Browser,
    pages: Pick<CitizenPages, 'origin' | 'openidOf'>,
    { nickname, viewport = usual }: { nickname?: string; viewport?: typeof usual } = {},
  ): Promise<CitizenVisit> {
    const context = await openContext(browser, viewport);
    if (nickname !== undefined) await becomePhoneOf(context, pages.openidOf(nickname));
    return new CitizenVisit(context, await context.newPage(), pages.origin);
  }

  /** @param path below the account's pages: `/appointments` */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}/h5/${accountId}${path}`);
  }

  /** Sees this, on a page that fits and that everybody can use. */
  async sees(words: string): Promise<void> {
    await this.page.getByText(words).first().waitFor();
    await this.expectUsable();
  }

  async expectUsable(): Promise<void> {
    const width = await this.page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(this.page.viewportSize()!.width);
    await expectAccessible(this.page);
  }

  /** What can be tapped is at least so high and wide; links within a text are not counted. */
  async smallestTarget(): Promise<number> {
    return this.page.evaluate<number>(
      `Math.min(...[...document.querySelectorAll('main button, main a.card, main .van-button, nav a, header button')]
        .map((one) => one.getBoundingClientRect())
        .filter(({ width }) => width > 0)
        .map(({ width, height }) => Math.min(width, height)))`,
    );
  }

  async fillPerson(idNumber: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '姓名' }).fill('张三');
    await this.page.getByRole('textbox', { name: '身份证号' }).fill(idNumber);
    await this.page.getByRole('textbox', { name: '手机号' }).fill('138 1234 5678');
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
