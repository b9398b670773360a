import type { FrozenContentStore } from '../../../src/features/content/frozen-content-store.js';
import type { FrozenContent } from '../../../src/features/content/items/frozen-content.js';

/** Frozen content in memory. While `isAway`, nothing can be read. */
export class FrozenContentStoreFake implements FrozenContentStore {
  isAway = false;
  readonly #lines = new Map<string, string[]>();

  async keep(accountId: string, { hash, lines }: FrozenContent): Promise<void> {
    this.#lines.set(`${accountId} ${hash}`, [...lines]);
  }

  async findLines(accountId: string, hash: string): Promise<string[] | null> {
    if (this.isAway) throw new Error('the database is away');
    return this.#lines.get(`${accountId} ${hash}`) ?? null;
  }
}
