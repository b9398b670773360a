import { describe, expect, it } from '@jest/globals';
import {
  readKinds,
  sayDuration,
  sayKind,
  sayReport,
  sayWhen,
} from '../../../../src/web/console/jobs/job-words.js';

describe('a timed job', () => {
  it.each([
    [{ cron: '* * * * *' }, '每分钟'],
    [{ cron: '*/5 * * * *' }, '每 5 分钟'],
    [{ cron: '10 3 * * *' }, '每天 03:10'],
    [{ cron: '20 10-22 * * *' }, '每天 10–22 点，每小时的 20 分'],
    [{ cron: '0 8 * * 1' }, '0 8 * * 1'],
    [{ everyMs: 5_000 }, '每 5 秒'],
    [{ everyMs: 7_200_000 }, '每 2 小时'],
  ])('of %j is due %s', (when, words) => expect(sayWhen(when)).toBe(words));

  it('says what it did, and leaves out what there was none of', () => {
    expect(sayReport({ report: { lapsed: 3, offered: 0, missing: [2027] } })).toBe('过期 3，缺少的年份 2027');
    expect(sayReport({ report: { lapsed: 0, missing: [] } })).toBe('');
    expect(sayReport({ report: null })).toBe('');
  });

  it('says of each kind of personal data how long it is kept, how much there is, and what went', () => {
    const report: Parameters<typeof readKinds>[0]['report'] = {
      kinds: [
        {
          kind: 'appointments',
          title: '预约',
          keeps: { rule: '办理后 180 天' },
          held: 5,
          oldest: '2026-06-01T16:30:00.000Z',
          overdue: 0,
          deleted: { missed: 2, lapsed: 1 },
        },
        {
          kind: 'messages',
          title: '留言和纠错',
          keeps: { days: 180 },
          held: 0,
          oldest: null,
          overdue: 3,
          deleted: { overdue: 3 },
        },
      ],
    };
    expect(sayReport({ report })).toBe('删除 6 条，其中 3 条数据库没有按时删');
    expect(readKinds({ report }).map(sayKind)).toEqual([
      '预约（办理后 180 天）：存着 5 条，最早的是 2026-06-02 的，删了爽约的 2 条，删了已过期的 1 条',
      '留言和纠错（保存 180 天）：现在没有，数据库没有按时删、这次补删了 3 条，请联系开发人员',
    ]);
    expect(sayReport({ report: { kinds: [] } })).toBe('没有到期的');
    expect(readKinds({ report: { lapsed: 1 } })).toEqual([]);
  });

  it('says how long it took, once it is over', () => {
    const startedAt = '2026-11-23T01:00:00.000Z';
    expect(sayDuration({ startedAt, endedAt: '2026-11-23T01:00:00.340Z' })).toBe('0.3 秒');
    expect(sayDuration({ startedAt, endedAt: null })).toBe('');
  });
});
