import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit } from '../../../core/group-commit.js';
import type { DeliveryChange, DeliveryStore } from '../delivery-store.js';

/** Measured: past this a batch takes longer and gains nothing. */
const maxBatch = 256;
/** One writes while the next one fills. */
const maxConcurrent = 2;
/** A database that is replaced is back before; an outcome that cannot be kept makes a delivery unknown. */
const patienceMs = 30_000;
const pauseMs = 200;

/**
 * Puts on record, durably, what happens to deliveries: those under way at the same time share their writes. A write
 * whose fate is not known is repeated, which does no harm.
 */
export class DeliveryLog {
  readonly #store: Pick<DeliveryStore, 'change'>;
  readonly #commits: GroupCommit<DeliveryChange, boolean>;

  constructor(store: Pick<DeliveryStore, 'change'>) {
    this.#store = store;
    this.#commits = new GroupCommit((changes) => this.#persist(changes), { maxBatch, maxConcurrent });
  }

  /** @returns false: the row belongs to somebody else by now, nothing was written. */
  write(change: DeliveryChange): Promise<boolean> {
    return this.#commits.add(change);
  }

  async #persist(changes: readonly DeliveryChange[]): Promise<boolean[]> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        return await this.#store.change(changes);
      } catch (error) {
        if (performance.now() >= giveUpAt) throw error;
        await sleep(pauseMs);
      }
    }
  }
}
