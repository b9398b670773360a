import { describe, expect, it } from '@jest/globals';
import type { ActivityPlan } from '../../../../src/features/activities/activity.js';
import { comparePlans, planChanges } from '../../../../src/features/activities/office/plan-change.js';
import { buildActivityPlan, buildGroup, day, hour, monday } from '../../../support/activity-builders.js';

const at = (ms: number) => new Date(monday + ms);

function change(after: Partial<ActivityPlan>, before: Partial<ActivityPlan> = {}) {
  const { raisesForm, moves, removed } = comparePlans(
    buildActivityPlan(before),
    buildActivityPlan({ ...before, ...after }),
  );
  return { raisesForm, moves, removed: removed.map(({ id }) => id) };
}

const nothing = { raisesForm: false, moves: false, removed: [] };

describe('a change of a published plan', () => {
  it('of words, places or times of registration asks for no new form', () => {
    expect(
      change({ title: '开放日', description: '改了', quota: 5, closesAt: at(3 * day), checkInMinutes: 10 }),
    ).toEqual(nothing);
    expect(change({ groups: [buildGroup({ name: '大家', quota: 3 })] })).toEqual(nothing);
    expect(change({ groups: [buildGroup(), buildGroup({ id: 'more', name: '加班车' })] })).toEqual(nothing);
  });

  it.each<[string, Partial<ActivityPlan>]>([
    [
      'another question',
      { questions: [{ key: 'size', label: '尺码', question: '多大？', optional: false, type: 'date' }] },
    ],
    ['another condition', { groups: [buildGroup({ condition: { minAge: 6 } })] }],
    ['another fee', { feeFen: 100 }],
    ['another fee of a group', { groups: [buildGroup({ feeFen: 100 })] }],
    ['other refund rules', { refundRules: [] }],
    ['approval', { needsApproval: true }],
  ])('to %s asks for a new form', (_what, after) => {
    expect(change(after)).toEqual({ ...nothing, raisesForm: true });
  });

  it('to the same fee by another way asks for none', () => {
    expect(change({ feeFen: 0, groups: [buildGroup({ feeFen: 100 })] }, { feeFen: 100 })).toEqual(nothing);
  });

  it.each<[string, Partial<ActivityPlan>]>([
    ['place', { place: '文化公园' }],
    ['beginning', { startsAt: at(5 * day) }],
    ['end', { endsAt: at(5 * day + 4 * hour) }],
    ['shift', { groups: [buildGroup({ startsAt: at(5 * day + 2 * hour) })] }],
  ])('of its %s moves it', (_what, after) => {
    expect(change(after)).toEqual({ raisesForm: true, moves: true, removed: [] });
  });

  it('says which groups go', () => {
    const groups = [buildGroup(), buildGroup({ id: 'more', name: '加班车' })];
    expect(change({ groups: [buildGroup()] }, { groups })).toEqual({
      raisesForm: true,
      moves: false,
      removed: ['more'],
    });
  });

  it('is on record with instants that can be compared', () => {
    const before = buildActivityPlan();
    const after = { ...before, startsAt: at(5 * day) };
    expect(planChanges(before, after)).toEqual([
      { path: 'startsAt', before: '2026-11-28T01:00:00.000Z', after: '2026-11-28T00:00:00.000Z' },
    ]);
  });
});
