import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import type { AnswerCountReader } from '../conversations/answer-count-reader.js';
import { statisticsDays } from './answer-statistics.js';
import type { DailyCountStore } from './daily-count-store.js';
import type { InsightsWatcher } from './insights-watcher.js';

export interface AnswerCounterParts {
  reader: AnswerCountReader;
  store: DailyCountStore;
  clock: Clock;
  watcher: Pick<InsightsWatcher, 'countFailed'>;
}

const pollMs = 60_000;
/** Exchanges that are counted in one transaction, a small one. */
const pageSize = 1_000;
const dayMs = 86_400_000;

/**
 * Counts how often each node and reply was given, by day, once a minute and behind the messages. Each exchange is read
 * once, by the database, which groups; asking the journal itself would read all of a month for every look at the
 * statistics. The counts move together with how far they have come, so each exchange counts once, however many
 * counters run and whatever dies when.
 */
export class AnswerCounter {
  readonly #parts: AnswerCounterParts;
  readonly #loop: BackgroundLoop;

  constructor(parts: AnswerCounterParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      work: (signal) => this.count(signal),
      pauseMs: pollMs,
      onFailure: (error) => parts.watcher.countFailed(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets the page under way end, then stops. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Counts everything that can be counted now, or until another counter is faster. */
  async count(signal?: AbortSignal): Promise<void> {
    const { reader, store, clock } = this.#parts;
    const oldest = reader.positionAt(clock.now() - (statisticsDays + 1) * dayMs);
    let from = await store.findPosition(oldest);
    while (!signal?.aborted) {
      const { counts, position } = await reader.countAfter(from, clock.now(), pageSize);
      if (position === null || !(await store.record({ from, to: position }, counts))) return;
      from = position;
    }
  }
}
