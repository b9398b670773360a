import { describe, expect, it } from '@jest/globals';
import type { SynchronisationView } from '../../../../src/api-types/audience.js';
import {
  beginCondition,
  followedBetween,
  missingIn,
  sayConditions,
  usedServices,
  visitOn,
} from '../../../../src/web/console/audience/condition-words.js';
import {
  sayFailure,
  shareOfSynchronisation,
  shareOfTagging,
} from '../../../../src/web/console/audience/followers/sum-up-run.js';
import { judgeTagName } from '../../../../src/web/console/audience/followers/tag-name.js';
import { readSegmentConflict } from '../../../../src/web/console/audience/segments/segment-conflict.js';

const names = {
  tags: [{ id: 101, name: '老年人', followers: 3, isPlatforms: false }],
  services: [{ id: 'id-card', name: '身份证换领' }],
  venues: [{ id: 'hall', name: '办证大厅' }],
};
const at = '2026-11-22T02:05:00.000Z';

describe('a condition', () => {
  it('leaves out what is left open', () => {
    expect(visitOn('booked', '2026-11-23', '', null)).toEqual({ kind: 'booked', day: '2026-11-23' });
    expect(visitOn('closed_visit', '2026-11-23', 'hall')).toEqual({
      kind: 'closed_visit',
      day: '2026-11-23',
      venue: 'hall',
    });
    expect(followedBetween(null, '2026-11-01')).toEqual({ kind: 'followed', to: '2026-11-01' });
    expect(usedServices(['id-card'], undefined)).toEqual({ kind: 'used_service', services: ['id-card'] });
  });

  it('says what has still to be chosen', () => {
    for (const kind of ['tag', 'district', 'used_service', 'followed'] as const)
      expect(missingIn(beginCondition(kind, '2026-11-22'))).not.toBe('');
    for (const kind of ['booked', 'closed_visit'] as const)
      expect(missingIn(beginCondition(kind, '2026-11-22'))).toBe('');
    expect(missingIn(visitOn('closed_visit', ''))).toBe('请选日期');
    expect(missingIn(followedBetween('2026-11-02', '2026-11-01'))).toContain('早于');
  });

  it('reads as a sentence with the names of tags, halls and services', () => {
    expect(
      sayConditions(
        [visitOn('booked', '2026-11-23', 'hall', 'id-card'), { kind: 'tag', tagIds: [101] }],
        names,
      ),
    ).toBe('2026-11-23 在办证大厅有预约（身份证换领），并且 有标签 老年人');
    expect(sayConditions([visitOn('closed_visit', '2026-11-23', 'hall', 'id-card')], names)).toBe(
      '2026-11-23 在办证大厅的预约因停办取消（身份证换领）',
    );
    expect(sayConditions([visitOn('closed_visit', '2026-11-23')], names)).toBe('2026-11-23 的预约因停办取消');
    expect(sayConditions([], names)).toBe('全部关注的人');
  });

  it('names by their ids what the onlooker does not know', () => {
    expect(sayConditions([{ kind: 'tag', tagIds: [7] }], undefined)).toBe('有标签 7 号');
  });
});

describe('a synchronisation', () => {
  const run: SynchronisationView = {
    id: 'r1',
    state: 'running',
    startedAt: at,
    startedBy: { staffId: 'a', name: '甲' },
    endedAt: null,
    failure: null,
    step: 'list',
    total: 1_000,
    listed: 500,
    detailed: 0,
    left: 0,
    blocked: 0,
  };

  it('never goes back and is complete only when it is over', () => {
    const shares = [
      run,
      { ...run, listed: 1_000 },
      { ...run, step: 'leavers' as const, listed: 1_000 },
      { ...run, step: 'details' as const, listed: 1_000, detailed: 400 },
      { ...run, step: 'details' as const, listed: 1_000, detailed: 1_000 },
      { ...run, step: 'blocked' as const, listed: 1_000, detailed: 1_000 },
    ].map(shareOfSynchronisation);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.at(-1)).toBeLessThan(100);
    expect(shareOfSynchronisation({ ...run, total: 0, listed: 0 })).toBe(0);
  });

  it('says why it failed, also when the reason is new', () => {
    expect(sayFailure('no_platform_account')).toContain('还没有接到微信平台');
    expect(sayFailure('something_else')).toContain('something_else');
  });
});

describe('a tag', () => {
  it('is given to as many as were changed or could not be', () => {
    expect(shareOfTagging({ total: 200, changed: 90, skipped: 10 })).toBe(50);
    expect(shareOfTagging({ total: 0, changed: 0, skipped: 0 })).toBe(0);
  });

  it('has a name of at most 30 bytes', () => {
    expect(judgeTagName('一二三四五六七八九十')).toBe('');
    expect(judgeTagName('一二三四五六七八九十一')).toContain('33 字节');
    expect(judgeTagName(' ')).not.toBe('');
  });
});

describe('a segment that somebody else has changed', () => {
  it('is read from the refusal', () => {
    const theirs = {
      id: 's1',
      name: '组',
      conditions: [],
      revision: 3,
      updatedAt: at,
      updatedBy: { staffId: 'b', name: '乙' },
    };
    expect(readSegmentConflict({ code: 'revision_conflict', details: { theirs } })).toEqual(theirs);
    expect(readSegmentConflict({ code: 'bad_rules', details: {} })).toBeUndefined();
  });
});
