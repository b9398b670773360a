/**
 * Many small writes as few large ones. What arrives while a batch is under way goes together in the next one,
 * so that an idle system commits at once and a busy one in large batches; nothing waits on a timer.
 */
export interface GroupCommitOptions {
  maxBatch: number;
  /** Batches under way at the same time. */
  maxConcurrent: number;
  /** Told the size of each batch as it leaves. */
  onBatch?: (size: number) => void;
}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

export class GroupCommit<Item, Outcome> {
  readonly #commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly #options: GroupCommitOptions;
  #waiting: Waiting<Item, Outcome>[] = [];
  #underWay = 0;
  #scheduled = false;

  /** @param commit writes all items and returns one outcome for each, in their order; if it throws, all fail. */
  constructor(commit: (items: readonly Item[]) => Promise<readonly Outcome[]>, options: GroupCommitOptions) {
    this.#commit = commit;
    this.#options = options;
  }

  /** Resolves once the batch that holds `item` has been committed. */
  add(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#underWay >= this.#options.maxConcurrent) return;
    this.#scheduled = true;
    // After the I/O of this turn of the event loop: all requests that were just read share the batch.
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.maxBatch);
    if (batch.length === 0) return;
    this.#underWay += 1;
    this.#options.onBatch?.(batch.length);
    try {
      const outcomes = await this.#commit(batch.map((waiting) => waiting.item));
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) this.#schedule();
    }
  }
}

function settle<Item, Outcome>(waiting: Waiting<Item, Outcome>, outcome: Outcome | undefined): void {
  if (outcome === undefined) waiting.reject(new TypeError('a commit returned fewer outcomes than items'));
  else waiting.resolve(outcome);
}
