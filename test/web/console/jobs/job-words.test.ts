import { describe, expect, it } from '@jest/globals';
import { sayDuration, sayReport, sayWhen } from '../../../../src/web/console/jobs/job-words.js';

describe('a timed job', () => {
  it.each([
    [{ cron: '* * * * *' }, '每分钟'],
    [{ cron: '*/5 * * * *' }, '每 5 分钟'],
    [{ cron: '10 3 * * *' }, '每天 03:10'],
    [{ cron: '0 8 * * 1' }, '0 8 * * 1'],
    [{ everyMs: 5_000 }, '每 5 秒'],
    [{ everyMs: 7_200_000 }, '每 2 小时'],
  ])('of %j is due %s', (when, words) => expect(sayWhen(when)).toBe(words));

  it('says what it did, and leaves out what there was none of', () => {
    expect(sayReport({ report: { lapsed: 3, offered: 0, missing: [2027] } })).toBe('过期 3，缺少的年份 2027');
    expect(sayReport({ report: { lapsed: 0, missing: [] } })).toBe('');
    expect(sayReport({ report: { 'appointments-missed': 2 } })).toBe('爽约的预约 2');
    expect(sayReport({ report: null })).toBe('');
  });

  it('says how long it took, once it is over', () => {
    const startedAt = '2026-11-23T01:00:00.000Z';
    expect(sayDuration({ startedAt, endedAt: '2026-11-23T01:00:00.340Z' })).toBe('0.3 秒');
    expect(sayDuration({ startedAt, endedAt: null })).toBe('');
  });
});
