import type { CountSum, DailyCount } from '../../../src/features/insights/daily-count.js';
import type { DailyCountStore } from '../../../src/features/insights/daily-count-store.js';

/** Daily counts in memory; the contract test holds it to the real store. */
export class DailyCountStoreFake implements DailyCountStore {
  readonly #counts: DailyCount[] = [];
  #position: string | undefined;

  async findPosition(beginning: string): Promise<string> {
    return (this.#position ??= beginning);
  }

  async record({ from, to }: { from: string; to: string }, counts: readonly DailyCount[]): Promise<boolean> {
    if (this.#position !== from) return false;
    this.#position = to;
    this.#counts.push(...counts);
    return true;
  }

  async sumSince(accountId: string, day: string): Promise<CountSum[]> {
    const sums = new Map<string, CountSum>();
    for (const { kind, id, answers = 0, unanswered = 0, ...of } of this.#counts) {
      if (of.accountId !== accountId || of.day < day) continue;
      const sum = sums.get(`${kind} ${id}`) ?? { kind, id, answers: 0, unanswered: 0 };
      sum.answers += answers;
      sum.unanswered += unanswered;
      sums.set(`${kind} ${id}`, sum);
    }
    return [...sums.values()];
  }
}
