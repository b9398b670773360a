import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { OwedNotice, OwedNoticeBook } from './owed-notice.js';

export interface NoticePlannerParts {
  book: OwedNoticeBook;
  transactions: TransactionRunner;
}

/** Notices per transaction. */
const batchSize = 100;

/** Owes many citizens a message: whoever is due one and has none. */
export class NoticePlanner {
  readonly #parts: NoticePlannerParts;

  constructor(parts: NoticePlannerParts) {
    this.#parts = parts;
  }

  /**
   * Any number of nodes may do it at once, and a run that was cut off is simply repeated.
   *
   * @param due everybody who is due one, told or not.
   * @returns how many were new.
   */
  async owe(due: AsyncIterable<OwedNotice>, signal?: AbortSignal): Promise<number> {
    let added = 0;
    let batch: OwedNotice[] = [];
    for await (const notice of due) {
      if (signal?.aborted) return added;
      batch.push(notice);
      if (batch.length < batchSize) continue;
      added += await this.#add(batch);
      batch = [];
    }
    return added + (await this.#add(batch));
  }

  async #add(batch: readonly OwedNotice[]): Promise<number> {
    const { book, transactions } = this.#parts;
    const fresh = await book.listNew(batch);
    if (fresh.length === 0) return 0;
    await transactions.run(async (tx) => {
      for (const notice of fresh) await book.add(tx, notice);
    });
    return fresh.length;
  }
}
