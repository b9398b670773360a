import { chromium, type Browser, type BrowserContext, type ViewportSize } from 'playwright-core';
import { findChromium } from './chromium.js';

/** A headless Chromium; the caller closes it. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const { path } = await findChromium(process.env, (line) => process.stderr.write(`${line}\n`));
  return chromium.launch({
    executablePath: path,
    // Containers rarely allow the namespaces that the sandbox needs; the tests open only their own pages.
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-dev-shm-usage', ...args],
  });
}

/**
 * A browser as somebody here has it, with nothing kept from before; the caller closes it. Nothing moves in it: what
 * fades is paler than it will be, and what slides is clicked beside.
 */
export async function openContext(browser: Browser, viewport?: ViewportSize): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...(viewport && { viewport }),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/** From here on it is the phone of that citizen of the sandbox: the simulated platform knows whose by a cookie. */
export async function becomePhoneOf(context: BrowserContext, openid: string): Promise<void> {
  await context.addCookies([
    { name: 'suishen-sandbox-phone', value: openid, domain: '127.0.0.1', path: '/sandbox' },
  ]);
}
