import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

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

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

/** No serious finding of axe in what a page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  // What fades in or out, or is being loaded, is paler than it will be.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(untilStill);
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(axe);
  // What passes need not be described, which takes most of the time.
  const { violations } = await page.evaluate<AxeResult>("axe.run({ resultTypes: ['violations'] })");
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
  expect(serious).toEqual([]);
}
