import { LRUCache } from 'lru-cache';
import { addDays, businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import type { DailyCountStore } from './daily-count-store.js';

export interface AnswerStatistics {
  /** The first day that is counted, `YYYY-MM-DD` in Asia/Shanghai; the last is today, but for two minutes. */
  since: string;
  /** By id of the node; those without a count are left out. */
  nodes: Record<string, { answers: number; unanswered: number }>;
  /** By id of the reply, however it was reached. */
  replies: Record<string, { answers: number }>;
}

/** As many days as the statistics cover, today included. */
export const statisticsDays = 30;

/** The counts themselves are a minute or two late. */
const rememberedMs = 60_000;
const rememberedAccounts = 100;

/** How often the content was given to citizens lately, and where they asked in vain. */
export class AnswerStatisticsReader {
  readonly #cache: LRUCache<string, AnswerStatistics>;

  constructor({ store, clock }: { store: Pick<DailyCountStore, 'sumSince'>; clock: Clock }) {
    this.#cache = new LRUCache({
      max: rememberedAccounts,
      ttl: rememberedMs,
      // Asked by many at once, the store is asked once.
      fetchMethod: (accountId) => read(store, accountId, clock.now()),
    });
  }

  /** Up to three minutes late. */
  async read(accountId: string): Promise<AnswerStatistics> {
    const found = await this.#cache.fetch(accountId);
    if (!found) throw new TypeError('the cache gave up a read that it had begun');
    return found;
  }
}

async function read(
  store: Pick<DailyCountStore, 'sumSince'>,
  accountId: string,
  now: number,
): Promise<AnswerStatistics> {
  const since = addDays(businessDay(now), 1 - statisticsDays);
  const sums = await store.sumSince(accountId, since);
  const of = (wanted: 'node' | 'reply') => sums.filter(({ kind }) => kind === wanted);
  return {
    since,
    nodes: Object.fromEntries(of('node').map(({ id, answers, unanswered }) => [id, { answers, unanswered }])),
    replies: Object.fromEntries(of('reply').map(({ id, answers }) => [id, { answers }])),
  };
}
