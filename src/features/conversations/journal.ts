import { setTimeout as sleep } from 'node:timers/promises';
import { OperationalError, describeError } from '../../core/errors.js';
import { GroupCommit } from '../../core/group-commit.js';
import { withinTime } from '../../core/with-deadline.js';
import type { Exchange } from './exchange.js';
import type { AppendOutcome, ExchangeStore } from './exchange-store.js';
import type { Remainder } from './outbox.js';

export interface JournalOptions {
  /** How long to go on trying while the database is away, in milliseconds. */
  patienceMs: number;
  /** How long one try may take; for tests. */
  tryMs?: number;
  onBatch?: (size: number) => void;
  onRetry?: (reason: string) => void;
}

/** Measured with 25–200 documents a batch: past 200 a batch takes longer and gains nothing. */
const maxBatch = 200;
/** While one is under way the next one grows: measured, a second one at once halves the batches and gains nothing. */
const maxConcurrentBatches = 1;
const pauseBetweenTriesMs = 100;
/**
 * A server that is killed while a batch is being sent can leave the driver waiting for ever: it waits for the
 * socket to drain, and a socket that closes never does. Whatever takes this long is tried anew, on another
 * connection, and still in time for the platform.
 */
const tryMs = 3_000;

/**
 * Writes exchanges durably, many at a time. A write whose fate is unknown (the connection broke) is simply
 * repeated: if the first did arrive, the repeat collides with it and the caller finds its own exchange stored.
 */
export class Journal {
  readonly #store: ExchangeStore;
  readonly #options: JournalOptions;
  readonly #commits: GroupCommit<Exchange, AppendOutcome>;

  constructor(store: ExchangeStore, options: JournalOptions) {
    this.#store = store;
    this.#options = options;
    this.#commits = new GroupCommit((batch) => this.#persist(() => store.appendMany(batch)), {
      maxBatch,
      maxConcurrent: maxConcurrentBatches,
      ...(options.onBatch && { onBatch: options.onBatch }),
    });
  }

  /** @throws OperationalError `journal_unavailable` when the database stayed away for longer than the patience. */
  append(exchange: Exchange, remainder: Remainder | null): Promise<AppendOutcome> {
    if (remainder === null) return this.#commits.add(exchange);
    return this.#persist(() => this.#store.appendWithRemainder(exchange, remainder));
  }

  findNewest(accountId: string, openid: string): Promise<Exchange | null> {
    return this.#persist(() => this.#store.findNewest(accountId, openid));
  }

  findByKey(accountId: string, openid: string, key: string): Promise<Exchange | null> {
    return this.#persist(() => this.#store.findByKey(accountId, openid, key));
  }

  async #persist<T>(work: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + this.#options.patienceMs;
    for (;;) {
      try {
        return await withinTime(work(), this.#options.tryMs ?? tryMs);
      } catch (error) {
        if (performance.now() >= giveUpAt) {
          throw new OperationalError('journal_unavailable', 'the database did not answer', { cause: error });
        }
        this.#options.onRetry?.(describeError(error));
        await sleep(pauseBetweenTriesMs);
      }
    }
  }
}
