import { createBreather } from './breather.js';

/**
 * Runs work that comes in slices to its end; everything else runs in between, whenever the work has had its share.
 *
 * @param sliceMs how long the work may hold the event loop at a time, in milliseconds.
 * @throws the reason of `signal` once that is aborted.
 */
export async function runGently<T>(
  slices: Generator<undefined, T>,
  { sliceMs, signal }: { sliceMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const breathe = createBreather(sliceMs);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await breathe();
    signal?.throwIfAborted();
  }
}
