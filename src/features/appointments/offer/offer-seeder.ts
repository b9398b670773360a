import { businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import { readAnnouncedHolidays } from './announced-holidays.js';
import type { OfferItem } from './offer-item.js';
import type { OfferStore } from './offer-store.js';
import type { SlotPlanner } from './slot-planner.js';

export interface OfferSeederParts {
  store: OfferStore;
  transactions: TransactionRunner;
  planner: Pick<SlotPlanner, 'catchUp'>;
  clock: Clock;
}

export type SeededItem = Pick<OfferItem, 'kind' | 'id' | 'value'>;

/** Puts in place what the program knows without the staff; what they have put there stays. */
export class OfferSeeder {
  readonly #parts: OfferSeederParts;

  constructor(parts: OfferSeederParts) {
    this.#parts = parts;
  }

  /**
   * Adds the holidays of this year and the next where the program knows them.
   *
   * @param beginning what an account begins with whose offer was never touched.
   * @returns how many items were added.
   */
  async seed(accountId: string, beginning: readonly SeededItem[] = []): Promise<number> {
    const { store, transactions, planner, clock } = this.#parts;
    const added = await transactions.run(async (tx) => {
      const isUntouched = (await store.findRevision(accountId, tx)) === 0;
      const years = await store.list(accountId, 'calendar', tx);
      const fresh = this.#holidays().filter(({ id }) => !years.some((year) => year.id === id));
      const items = [...fresh, ...(isUntouched ? beginning : [])];
      if (items.length > 0) await store.advance(tx, accountId);
      for (const [position, item] of items.entries()) {
        const stamp = { version: 1, position, updatedAt: new Date(clock.now()), updatedBy: program };
        await store.put(tx, { accountId, ...item, ...stamp });
      }
      return items.length;
    });
    if (added > 0) await planner.catchUp(accountId);
    return added;
  }

  #holidays(): SeededItem[] {
    const year = Number(businessDay(this.#parts.clock.now()).slice(0, 4));
    return [year, year + 1].flatMap((one) => {
      const value = readAnnouncedHolidays(one);
      return value ? [{ kind: 'calendar', id: String(one), value }] : [];
    });
  }
}

const program: OfferItem['updatedBy'] = { staffId: 'system', name: '系统' };
