import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import { OperationalError, UserError } from '../../core/errors.js';
import { isKind, type AudienceRun, type RunOf } from './audience-run.js';
import type { AudienceRunStore, RunHold } from './audience-run-store.js';
import type { RunWork } from './run-work.js';

export interface RunWatcher {
  /** A run ended. @param failure its stable code; absent: it is done. */
  ended(run: AudienceRun, failure?: string): void;
  /** An attempt came to nothing, or the record of the runs cannot be reached. */
  troubled(error: unknown): void;
}

export interface RunWorkerParts<Kind extends AudienceRun['kind']> {
  kind: Kind;
  work: RunWork<RunOf<Kind>>;
  runs: Omit<AudienceRunStore, 'begin' | 'findRunning' | 'list'>;
  watcher: RunWatcher;
  clock: Clock;
  /** This process among all. */
  node: string;
  /** After so long without a sign of life a worker counts as dead, in milliseconds. */
  leaseMs?: number;
  /** Between two looks for something to do, in milliseconds. */
  pauseMs?: number;
}

const usualLeaseMs = 60_000;
const usualPauseMs = 5_000;
const mostAttempts = 8;

/** Carries on the runs of one kind, one at a time, also those that a dead worker left. */
export class RunWorker<Kind extends AudienceRun['kind']> {
  readonly #parts: RunWorkerParts<Kind>;
  readonly #leaseMs: number;
  readonly #loop: BackgroundLoop;

  constructor(parts: RunWorkerParts<Kind>) {
    this.#parts = parts;
    this.#leaseMs = parts.leaseMs ?? usualLeaseMs;
    this.#loop = new BackgroundLoop({
      work: (signal) => this.#round(signal),
      pauseMs: parts.pauseMs ?? usualPauseMs,
      onFailure: (error) => parts.watcher.troubled(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Leaves what is under way to another worker. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  nudge(): void {
    this.#loop.nudge();
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { kind, runs, node, clock } = this.#parts;
    const isOurs = isKind(kind);
    while (!signal.aborted) {
      const run = await runs.claim(kind, node, new Date(clock.now()), this.#leaseEnd());
      if (run === null || !isOurs(run)) return;
      await this.#carryOn(run, signal);
    }
  }

  async #carryOn(run: RunOf<Kind>, stopping: AbortSignal): Promise<void> {
    const { work, runs, watcher, clock, node } = this.#parts;
    const hold = { runId: run.runId, worker: node };
    const lost = new AbortController();
    const alive = this.#keepAlive(hold, lost);
    let { troubles } = run;
    const keep = async (progress: RunOf<Kind>['progress']) => {
      if (!(await runs.keepProgress(hold, progress))) lost.abort();
      lost.signal.throwIfAborted();
      troubles = 0;
    };
    alive.start();
    try {
      await work.carryOn(run, keep, AbortSignal.any([stopping, lost.signal]));
      await runs.end(hold, { endedAt: new Date(clock.now()) });
      watcher.ended(run);
    } catch (error) {
      if (lost.signal.aborted) return;
      if (stopping.aborted) await runs.release(hold, new Date(clock.now()), troubles);
      else await this.#failed(run, hold, { error, troubles: troubles + 1 });
    } finally {
      await alive.stop();
    }
  }

  /** Tries again later what may succeed then. */
  async #failed(
    run: RunOf<Kind>,
    hold: RunHold,
    { error, troubles }: { error: unknown; troubles: number },
  ): Promise<void> {
    const { runs, watcher, clock } = this.#parts;
    watcher.troubled(error);
    if (!(error instanceof UserError) && troubles < mostAttempts) {
      await runs.release(hold, new Date(clock.now() + pauseAfter(troubles)), troubles);
      return;
    }
    const failure = codeOf(error);
    await runs.end(hold, { endedAt: new Date(clock.now()), failure });
    watcher.ended(run, failure);
  }

  /** Renews the lease; whoever cannot must end, because another worker may have begun. */
  #keepAlive(hold: RunHold, lost: AbortController): BackgroundLoop {
    const { runs, watcher, clock } = this.#parts;
    let held = this.#leaseEnd();
    return new BackgroundLoop({
      pauseMs: this.#leaseMs / 4,
      work: async () => {
        const next = this.#leaseEnd();
        if (await runs.extend(hold, next)) held = next;
        else lost.abort();
      },
      onFailure(error) {
        watcher.troubled(error);
        if (clock.now() >= held.getTime()) lost.abort();
      },
    });
  }

  #leaseEnd(): Date {
    return new Date(this.#parts.clock.now() + this.#leaseMs);
  }
}

/** 10 s, 30 s, 90 s, then five minutes at most. */
function pauseAfter(troubles: number): number {
  return Math.min(10_000 * 3 ** (troubles - 1), 300_000);
}

function codeOf(error: unknown): string {
  return error instanceof UserError || error instanceof OperationalError ? error.code : 'unexpected';
}
