import type { FrozenContentStore } from '../../../src/features/content/frozen-content-store.js';
import type { FrozenContent } from '../../../src/features/content/items/frozen-content.js';

/** Frozen content in memory. */
export class FrozenContentStoreFake implements FrozenContentStore {
  readonly #lines = new Map<string, string[]>();

  async keep(accountId: string, { hash, lines }: FrozenContent): Promise<void> {
    this.#lines.set(`${accountId} ${hash}`, [...lines]);
  }

  async findLines(accountId: string, hash: string): Promise<string[] | null> {
    return this.#lines.get(`${accountId} ${hash}`) ?? null;
  }
}
