import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './chromium.js';

/**
 * A headless Chromium; the caller closes it. Each test opens its own context, with the size, language and time
 * zone that it is about.
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const { path } = await findChromium(process.env, (line) => process.stderr.write(`${line}\n`));
  return chromium.launch({
    executablePath: path,
    // Containers rarely allow the namespaces that the sandbox needs; the tests open only their own pages.
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-dev-shm-usage', ...args],
  });
}
