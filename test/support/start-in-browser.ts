import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { startSuishen, type SuishenProcess } from './suishen-process.js';

/**
 * The built product and a browser to look at it with, started at the same time; the caller ends both. Where one cannot
 * be had, the other does not stay behind, which would keep the tests from ending.
 */
export async function startInBrowser(
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<[SuishenProcess, Browser]> {
  const [suishen, browser] = await Promise.allSettled([startSuishen(settings, args), launchBrowser()]);
  if (suishen.status === 'rejected') {
    if (browser.status === 'fulfilled') await browser.value.close();
    throw suishen.reason;
  }
  if (browser.status === 'rejected') {
    await suishen.value.stop();
    throw browser.reason;
  }
  return [suishen.value, browser.value];
}
