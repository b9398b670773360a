import { describe, expect, it } from '@jest/globals';
import { badRules, findRuleFaults } from '../../../src/features/audience/rule-faults.js';
import type { SegmentCondition } from '../../../src/features/audience/segment.js';

const known = {
  tags: new Set([101]),
  services: new Set(['id-card']),
  venues: new Set(['hall']),
  districts: new Set(['梅江区']),
};

describe('the rules of a segment', () => {
  it.each<[SegmentCondition, string, string]>([
    [{ kind: 'tag', tagIds: [] }, 'conditions.0.tagIds', 'empty_list'],
    [{ kind: 'tag', tagIds: [101, 7] }, 'conditions.0.tagIds.1', 'unknown_tag'],
    [{ kind: 'followed' }, 'conditions.0.from', 'no_limit'],
    [{ kind: 'followed', from: '2026-11-02', to: '2026-11-01' }, 'conditions.0.to', 'from_after_to'],
    [{ kind: 'used_service', services: [] }, 'conditions.0.services', 'empty_list'],
    [{ kind: 'used_service', services: ['x'] }, 'conditions.0.services.0', 'unknown_service'],
    [{ kind: 'booked', day: '2026-11-24', venue: 'x' }, 'conditions.0.venue', 'unknown_venue'],
    [{ kind: 'booked', day: '2026-11-24', service: 'x' }, 'conditions.0.service', 'unknown_service'],
    [{ kind: 'closed_visit', day: '2026-11-24', venue: 'x' }, 'conditions.0.venue', 'unknown_venue'],
    [{ kind: 'closed_visit', day: '2026-11-24', service: 'x' }, 'conditions.0.service', 'unknown_service'],
    [{ kind: 'district', districts: [] }, 'conditions.0.districts', 'empty_list'],
    [{ kind: 'district', districts: ['天河区'] }, 'conditions.0.districts.0', 'unknown_district'],
  ])('%j are refused at %s as %s', (condition, path, code) => {
    expect(findRuleFaults({ conditions: [condition] }, known)).toMatchObject([{ path, code }]);
  });

  it('are accepted where everything that they name exists', () => {
    const conditions: SegmentCondition[] = [
      { kind: 'tag', tagIds: [101] },
      { kind: 'followed', from: '2026-11-01', to: '2026-11-01' },
      { kind: 'used_service', services: ['id-card'], since: '2026-01-01' },
      { kind: 'booked', day: '2026-11-24', venue: 'hall', service: 'id-card' },
      { kind: 'booked', day: '2026-11-24' },
      { kind: 'closed_visit', day: '2026-11-24', venue: 'hall', service: 'id-card' },
      { kind: 'closed_visit', day: '2026-11-24' },
      { kind: 'district', districts: ['梅江区'] },
    ];
    expect(findRuleFaults({ conditions }, known)).toEqual([]);
    expect(findRuleFaults({ conditions: [] }, known)).toEqual([]);
  });

  it('are refused with the sentence of the only fault, or the number of faults, and each fault with its place', () => {
    const faults = findRuleFaults(
      {
        conditions: [
          { kind: 'tag', tagIds: [7] },
          { kind: 'district', districts: [] },
        ],
      },
      known,
    );
    expect(badRules(faults)).toMatchObject({
      code: 'bad_rules',
      status: 422,
      message: '分组条件有 2 处没有填对',
      details: { fields: [{ path: 'conditions.0.tagIds.0' }, { path: 'conditions.1.districts' }] },
    });
    expect(badRules(faults.slice(0, 1)).message).toBe('没有这个标签，可能已被删除');
  });
});
