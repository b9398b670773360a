import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long work calls it often; it lets everything else run whenever the work has had its share of time. */
export type Breather = () => Promise<void>;

/** @param sliceMs how long the work may hold the event loop at a time, in milliseconds. */
export function createBreather(sliceMs = 10): Breather {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await nextTurn();
    since = performance.now();
  };
}
