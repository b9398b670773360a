import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything takes on a slow machine; a test that waits so long is stuck. */
const deadlineMs = 25_000;
const pauseMs = 50;

/** Waits until `check` says something that is neither false, null nor undefined, and gives that. */
export async function until<Found>(
  what: string,
  check: () => Promise<Found | false | null | undefined> | Found | false | null | undefined,
): Promise<Found> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = await check();
    if (found !== false && found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await sleep(pauseMs);
  }
}
