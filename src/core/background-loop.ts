import { setTimeout as sleep } from 'node:timers/promises';

export interface BackgroundLoopOptions {
  /** One round: does what there is to do, and ends early once `signal` is aborted. */
  work: (signal: AbortSignal) => Promise<unknown>;
  /** Between two rounds when nobody nudges, in milliseconds. */
  pauseMs: number;
  /** A round failed; the next one comes after the pause all the same. */
  onFailure: (error: unknown) => void;
}

/** Does a piece of work again and again, one round after another, until it is stopped. */
export class BackgroundLoop {
  readonly #options: BackgroundLoopOptions;
  #stopping: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #endPause: () => void = () => undefined;

  constructor(options: BackgroundLoopOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#stopping !== null;
  }

  start(): void {
    if (this.#stopping) return;
    this.#stopping = new AbortController();
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Lets the round under way end, then stops. */
  async stop(): Promise<void> {
    this.#stopping?.abort();
    await this.#running;
    this.#stopping = null;
  }

  /** There is something to do: begin the next round now and not after the pause. */
  nudge(): void {
    this.#endPause();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { work, pauseMs, onFailure } = this.#options;
    while (!signal.aborted) {
      // Made before the round: a nudge that comes while it runs counts for the next one.
      const nudged = new Promise<void>((resolve) => (this.#endPause = resolve));
      try {
        await work(signal);
      } catch (error) {
        onFailure(error);
      }
      if (!signal.aborted) await Promise.race([nudged, pause(pauseMs, signal)]);
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
