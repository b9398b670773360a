import type { Clock } from '../../../core/clock.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { Delivery } from '../delivery.js';
import type { DeliverySender } from './delivery-sender.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';
import type { SendingNotice } from './sending-notice.js';

export interface AccountLaneParts {
  deliveries: Pick<DeliveryStore, 'claim'>;
  sender: Pick<DeliverySender, 'send' | 'release'>;
  watcher: Pick<NoticeEngineWatcher, 'failed'>;
  clock: Clock;
  newId: () => string;
  /** A claim that is not worked off by then is anybody's, in milliseconds. */
  leaseMs: number;
  /** Rows of the account under way at the same time, in this process. */
  concurrency: number;
  /** Told when the last row that was due has been dealt with. */
  onIdle: () => void;
}

const smallestBatch = 64;
const largestBatch = 512;
/** Rows of a batch should be under way within that time, so that a more urgent notice need not wait. */
const batchMs = 1_000;

interface Claimed {
  run: SendingNotice;
  row: Delivery;
}

/** Sends the rows of one account's notices, the most urgent notice first, so many at the same time. */
export class AccountLane {
  readonly #parts: AccountLaneParts;
  #runs: readonly SendingNotice[] = [];
  #queue: Claimed[] = [];
  #batch = smallestBatch;
  #claimedAt = 0;
  #underWay = new Set<Promise<void>>();
  #refilling: Promise<void> | null = null;
  /** Nothing was due when it was last looked for. */
  #isDry = false;
  #hasWorked = false;

  constructor(parts: AccountLaneParts) {
    this.#parts = parts;
  }

  /** What is to be sent now, the most urgent notice first; looks for due rows again. */
  update(runs: readonly SendingNotice[]): void {
    // Rows that are claimed already make way for a notice that is more urgent.
    if (runs[0] !== this.#runs[0]) this.#empty();
    this.#runs = runs;
    this.#isDry = false;
    this.#pump();
  }

  /** Begins nothing more, and resolves when all that is under way is on record. */
  async stop(): Promise<void> {
    this.#runs = [];
    await this.#refilling;
    this.#empty();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #pump(): void {
    while (this.#underWay.size < this.#parts.concurrency) {
      const next = this.#queue.shift();
      if (!next) break;
      this.#track(this.#parts.sender.send(next.run, next.row));
    }
    if (this.#queue.length < this.#batch / 2) this.#refill();
    if (this.#isDry && this.#hasWorked && this.#isQuiet) {
      this.#hasWorked = false;
      this.#parts.onIdle();
    }
  }

  get #isQuiet(): boolean {
    return this.#underWay.size === 0 && this.#refilling === null;
  }

  #refill(): void {
    if (this.#refilling || this.#isDry) return;
    this.#refilling = this.#claim()
      .catch((error: unknown) => {
        this.#isDry = true;
        this.#parts.watcher.failed('claim', error);
      })
      .finally(() => {
        this.#refilling = null;
        this.#pump();
      });
  }

  async #claim(): Promise<void> {
    const { deliveries, clock, newId, leaseMs } = this.#parts;
    for (const run of this.#runs) {
      if (run.signal.aborted) continue;
      const now = clock.now();
      const take = { limit: this.#batch, claim: newId(), now: new Date(now) };
      const rows = await deliveries.claim(run.notice, { ...take, leaseUntil: new Date(now + leaseMs) });
      if (rows.length === 0) continue;
      this.#adapt(now);
      for (const row of rows) this.#queue.push({ run, row });
      return;
    }
    this.#isDry = true;
  }

  #adapt(now: number): void {
    const isFast = now - this.#claimedAt < batchMs;
    this.#batch = isFast
      ? Math.min(largestBatch, this.#batch * 2)
      : Math.max(smallestBatch, Math.floor(this.#batch / 2));
    this.#claimedAt = now;
  }

  #empty(): void {
    for (const { row } of this.#queue) this.#track(this.#parts.sender.release(row));
    this.#queue = [];
  }

  #track(work: Promise<void>): void {
    this.#hasWorked = true;
    const tracked = work
      .catch((error: unknown) => this.#parts.watcher.failed('delivery', error))
      .finally(() => {
        this.#underWay.delete(tracked);
        this.#pump();
      });
    this.#underWay.add(tracked);
  }
}
