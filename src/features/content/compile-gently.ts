import { setImmediate as nextTurn } from 'node:timers/promises';
import { compileInSlices, type Release, type ReleaseInput } from '../../dialog/release.js';

/**
 * As `compileRelease`; messages that came in meanwhile go first, between one slice and the next.
 * @throws OperationalError `release_broken`
 */
export async function compileGently(input: ReleaseInput): Promise<Release> {
  const slices = compileInSlices(input);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await nextTurn();
  }
}
