import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DailyCountStore } from '../../src/features/insights/daily-count-store.js';
import {
  DailyCountStoreMongo,
  dailyCountMigration,
} from '../../src/features/insights/daily-count-store-mongo.js';
import { DailyCountStoreFake } from '../support/fakes/daily-count-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => new DailyCountStoreFake());

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([dailyCountMigration]);
  closers.push(close);
  return new DailyCountStoreMongo(connection);
});

function describeContract(place: string, open: () => Promise<DailyCountStore>): void {
  describe(`the daily counts ${place}`, () => {
    let store: DailyCountStore;
    beforeEach(async () => {
      store = await open();
    });

    it('begin where they are told to, and go on from where they were counted', async () => {
      expect(await store.findPosition('a')).toBe('a');
      expect(await store.findPosition('b')).toBe('a');
      await store.record({ from: 'a', to: 'c' }, []);
      expect(await store.findPosition('b')).toBe('c');
    });

    it('add up by node and reply, from a day on and within the account', async () => {
      const from = await store.findPosition('a');
      const birth = { accountId: 'demo', kind: 'node' as const, id: 'birth' };
      await store.record({ from, to: 'b' }, [
        { ...birth, day: '2026-11-20', answers: 5 },
        { ...birth, day: '2026-11-21', answers: 2 },
        { ...birth, day: '2026-11-22', answers: 1, unanswered: 4 },
        { ...birth, kind: 'reply', day: '2026-11-22', answers: 7 },
        { ...birth, accountId: 'another', day: '2026-11-22', answers: 9 },
      ]);
      await store.record({ from: 'b', to: 'c' }, [{ ...birth, day: '2026-11-22', answers: 1 }]);
      const sums = await store.sumSince('demo', '2026-11-21');
      expect(sums.sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
        { kind: 'node', id: 'birth', answers: 4, unanswered: 4 },
        { kind: 'reply', id: 'birth', answers: 7, unanswered: 0 },
      ]);
      expect(await store.sumSince('nobody', '2026-11-21')).toEqual([]);
    });

    it('count a stretch of the journal once', async () => {
      const from = await store.findPosition('a');
      const count = { accountId: 'demo', kind: 'node' as const, id: 'birth', day: '2026-11-22', answers: 1 };
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => store.record({ from, to: 'b' }, [count])),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await store.sumSince('demo', '2026-11-22')).toMatchObject([{ answers: 1 }]);
    });
  });
}
