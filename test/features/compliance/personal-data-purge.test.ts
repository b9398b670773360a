import { expect, it } from '@jest/globals';
import type { ExpiringRecords } from '../../../src/core/expiring-records.js';
import type { TimedJob } from '../../../src/core/scheduler.js';
import { registerComplianceJobs } from '../../../src/features/compliance/compliance-jobs.js';
import { deletedByDatabase, deletedByRun } from '../../../src/features/compliance/expiring-kind.js';
import type { PurgeCounts } from '../../../src/features/compliance/retention-kind.js';

const day = 86_400_000;
const now = Date.parse('2026-11-22T19:10:00Z');

it('a kind that the run deletes is deleted to its last record, and counted batch by batch', async () => {
  const records = recordsOf(Array.from({ length: 2_500 }, () => now - day).concat(now + day));
  const notes: PurgeCounts[] = [];
  const kind = deletedByRun({ kind: 'notices', title: '通知', keeps: { days: 90 }, records });
  expect(await kind.purge({ now, note: async (counts) => void notes.push(counts) })).toEqual({
    held: 1,
    oldest: new Date(now + day),
    overdue: 0,
  });
  expect(notes).toEqual([{ expired: 1_000 }, { expired: 1_000 }, { expired: 500 }]);
});

it('a kind that the database deletes is given an hour, and what is older shows', async () => {
  const records = recordsOf([now - day, now - 30 * 60_000, now + day]);
  const notes: PurgeCounts[] = [];
  const kind = deletedByDatabase({ kind: 'chat', title: '聊天', keeps: { rule: '设置' }, records });
  const holding = await kind.purge({ now, note: async (counts) => void notes.push(counts) });
  expect(holding).toEqual({ held: 2, oldest: new Date(now - 30 * 60_000), overdue: 1 });
  expect(notes).toEqual([{ overdue: 1 }]);
});

it('a run that is told to end stops between two batches', async () => {
  const records = recordsOf(Array.from({ length: 2_500 }, () => now - day));
  const stop = new AbortController();
  const kind = deletedByRun({ kind: 'notices', title: '通知', keeps: { days: 90 }, records });
  const run = { now, signal: stop.signal, note: async () => stop.abort() };
  expect(await kind.purge(run)).toMatchObject({ held: 1_500 });
});

it('the jobs are named, explained in Chinese, and report in figures', async () => {
  const jobs: TimedJob[] = [];
  registerComplianceJobs(
    { every: (job) => void jobs.push(job) },
    {
      purge: {
        run: async () => [
          {
            kind: 'chat',
            title: '聊天记录',
            keeps: { days: 90 },
            held: 3,
            oldest: new Date(now),
            overdue: 0,
            deleted: {},
          },
        ],
      },
      ownData: { finish: async () => 2 },
    },
  );
  expect(jobs.map(({ name, when }) => [name, 'cron' in when && when.cron])).toEqual([
    ['personal-data.purge', '10 3 * * *'],
    ['erasures.finish', '*/5 * * * *'],
  ]);
  for (const { title, purpose } of jobs) expect(title + purpose).toMatch(/\p{Script=Han}/u);
  const { signal } = new AbortController();
  expect(await Promise.all(jobs.map((job) => job.work(signal)))).toEqual([
    {
      kinds: [
        {
          kind: 'chat',
          title: '聊天记录',
          keeps: { days: 90 },
          held: 3,
          oldest: '2026-11-22T19:10:00.000Z',
          overdue: 0,
          deleted: {},
        },
      ],
    },
    { erasures: 2 },
  ]);
});

/** @param expiries milliseconds since the epoch, the earliest first. */
function recordsOf(expiries: number[]): ExpiringRecords {
  return {
    count: async () => expiries.length,
    findOldest: async () => (expiries[0] === undefined ? null : new Date(expiries[0])),
    async removeExpired(before, limit) {
      const expired = expiries.filter((at) => at <= before.getTime()).length;
      return expiries.splice(0, Math.min(limit, expired)).length;
    },
  };
}
