import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { initialState } from '../../../src/dialog/dialog-state.js';
import { compileInSlices, type Release, type ReleaseInput } from '../../../src/dialog/release.js';
import { isAsking } from '../../../src/dialog/request.js';
import { stepDialog, type Decision } from '../../../src/dialog/step-dialog.js';
import { quantilesOf } from '../load/quantiles.js';

export interface Compiled {
  release: Release;
  /** From beginning to end, with what runs in between, in milliseconds. */
  ms: number;
  /** The longest that anything else had to wait, in milliseconds. */
  stallMs: number;
  /** Bytes on the heap that the release holds. */
  heapBytes: number;
}

/** Compiles as a running node does: slice by slice, the event loop free in between. */
export async function compileMeasured(input: ReleaseInput): Promise<Compiled> {
  const before = heapAfterCollection();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startedAt = performance.now();
  let longestSlice = 0;
  delay.enable();
  const slices = compileInSlices(input);
  for (;;) {
    const sliceAt = performance.now();
    const slice = slices.next();
    longestSlice = Math.max(longestSlice, performance.now() - sliceAt);
    if (slice.done) {
      const ms = performance.now() - startedAt;
      delay.disable();
      const stallMs = Math.max(longestSlice, delay.max / 1e6);
      return { release: slice.value, ms, stallMs, heapBytes: heapAfterCollection() - before };
    }
    await nextTurn();
  }
}

export interface Speed {
  perSecond: number;
  /** Milliseconds of one message. */
  p50: number;
  p99: number;
  /** How many messages each step of the dialog decided. */
  decidedBy: Partial<Record<Decision['step'], number>>;
}

/** One message after another through the whole engine, each from a citizen who is at no place. */
export function measureEngine(release: Release, texts: readonly string[]): Speed {
  const took = new Float64Array(texts.length);
  const decidedBy: Speed['decidedBy'] = {};
  const now = Date.now();
  const startedAt = performance.now();
  texts.forEach((text, index) => {
    const at = performance.now();
    let step = stepDialog(release, initialState, { kind: 'text', text }, now);
    while (isAsking(step)) step = step.resume({ kind: 'unavailable' });
    took[index] = performance.now() - at;
    decidedBy[step.decision.step] = (decidedBy[step.decision.step] ?? 0) + 1;
  });
  const perSecond = (texts.length * 1000) / (performance.now() - startedAt);
  const { p50, p99 } = quantilesOf(took);
  return { perSecond, p50, p99, decidedBy };
}

function heapAfterCollection(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
