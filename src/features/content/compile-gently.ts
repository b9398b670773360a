import { runGently } from '../../core/run-gently.js';
import { compileInSlices, type Release, type ReleaseInput } from '../../dialog/release.js';

/** Messages wait no longer than this at each of their steps, and few enough turns of the event loop are spent. */
const sliceMs = 2;

/**
 * As `compileRelease`; messages that came in meanwhile go first, between one slice and the next.
 * @throws OperationalError `release_broken`; the reason of `signal` once that is aborted.
 */
export function compileGently(input: ReleaseInput, signal?: AbortSignal): Promise<Release> {
  return runGently(compileInSlices(input), { sliceMs, signal });
}
