import { describe, expect, it } from '@jest/globals';
import type { AnswerCountPage } from '../../../src/features/conversations/answer-count-reader.js';
import { AnswerCounter } from '../../../src/features/insights/answer-counter.js';
import { AnswerStatisticsReader } from '../../../src/features/insights/answer-statistics.js';
import { DailyCountStoreFake } from '../../support/fakes/daily-count-store-fake.js';
import { until } from '../../support/until.js';

const now = Date.parse('2026-11-22T16:30:00Z');
/** The day that has just begun in Shanghai. */
const today = '2026-11-23';
const clock = { now: () => now };

const count = { accountId: 'demo', day: today, kind: 'node' as const, id: 'birth', answers: 1 };

/** A journal of pages; a position is how many of them have been read. */
function counterOf(store: DailyCountStoreFake, pages: AnswerCountPage['counts'][], failures: unknown[] = []) {
  return new AnswerCounter({
    reader: {
      positionAt: () => '0',
      async countAfter(position) {
        const counts = pages[Number(position)];
        return counts ? { counts, position: String(Number(position) + 1) } : { counts: [], position: null };
      },
    },
    store,
    clock,
    watcher: { countFailed: (error) => failures.push(error) },
  });
}

describe('the counter of answers', () => {
  it('goes through the journal page by page, each once, whoever begins again', async () => {
    const store = new DailyCountStoreFake();
    const pages = [[count, { ...count, id: 'marriage' }], [], [count]];
    await counterOf(store, pages).count();
    await counterOf(store, pages).count();
    expect(await store.sumSince('demo', today)).toMatchObject([
      { id: 'birth', answers: 2 },
      { id: 'marriage', answers: 1 },
    ]);
  });

  it('leaves a page to another that was faster', async () => {
    const store = new DailyCountStoreFake();
    store.record = async () => false;
    await counterOf(store, [[count]]).count();
    expect(await store.sumSince('demo', today)).toEqual([]);
  });

  it('works by itself while it is started, and tells of a failure', async () => {
    const failures: unknown[] = [];
    const store = new DailyCountStoreFake();
    store.findPosition = async () => Promise.reject(new Error('the database is away'));
    const counter = counterOf(store, [], failures);
    counter.start();
    await until('the failure was told', () => failures.length > 0);
    await counter.stop();
    expect(failures).toEqual([new Error('the database is away')]);
  });
});

describe('the statistics', () => {
  it('cover thirty days in Shanghai, today included, by node and by reply', async () => {
    const store = new DailyCountStoreFake();
    const from = await store.findPosition('0');
    await store.record({ from, to: '1' }, [
      { ...count, unanswered: 3 },
      { ...count, day: '2026-10-25' },
      { ...count, day: '2026-10-24', answers: 100 },
      { ...count, kind: 'reply', id: 'birth-guide', answers: 2 },
    ]);
    expect(await new AnswerStatisticsReader({ store, clock }).read('demo')).toEqual({
      since: '2026-10-25',
      nodes: { birth: { answers: 2, unanswered: 3 } },
      replies: { 'birth-guide': { answers: 2 } },
    });
  });

  it('ask the store once, however many ask for them at once or soon after', async () => {
    const store = new DailyCountStoreFake();
    let asked = 0;
    const statistics = new AnswerStatisticsReader({
      store: {
        async sumSince(...wanted) {
          asked += 1;
          return store.sumSince(...wanted);
        },
      },
      clock,
    });
    await Promise.all([statistics.read('demo'), statistics.read('demo')]);
    await statistics.read('demo');
    expect(asked).toBe(1);
    await statistics.read('another');
    expect(asked).toBe(2);
  });

  it('tell what the store throws, and ask again then', async () => {
    let isAway = true;
    const statistics = new AnswerStatisticsReader({
      store: {
        async sumSince() {
          if (isAway) throw new Error('the database is away');
          return [];
        },
      },
      clock,
    });
    await expect(statistics.read('demo')).rejects.toThrow('away');
    isAway = false;
    expect(await statistics.read('demo')).toMatchObject({ nodes: {} });
  });
});
