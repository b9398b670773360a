import { describe, expect, it } from '@jest/globals';
import type { ActivityPlan } from '../../../../src/features/activities/activity.js';
import { activityQuestionSchema } from '../../../../src/features/activities/activity.js';
import { demoActivities } from '../../../../src/features/activities/office/demo-activities.js';
import { findProblems } from '../../../../src/features/activities/office/plan-problems.js';
import { buildActivityPlan, buildGroup, day, hour, monday } from '../../../support/activity-builders.js';

const ground = { now: monday, canTakeMoney: true, isPublished: false };

/** What is found, as `field code`; warnings in brackets. */
function found(overrides: Partial<ActivityPlan>, more: Partial<typeof ground> = {}): string[] {
  const plan = buildActivityPlan({ refundRules: [], ...overrides });
  return findProblems(plan, { ...ground, ...more }).map(({ severity, field, code }) =>
    severity === 'error' ? `${field} ${code}` : `(${field} ${code})`,
  );
}

const at = (ms: number) => new Date(monday + ms);

describe('the check of a plan', () => {
  it('finds nothing in one that is right', () => {
    expect(found({})).toEqual([]);
    expect(found({}, { canTakeMoney: false })).toEqual([]);
  });

  it.each(demoActivities(monday).map(({ activityId, plan }) => [activityId, plan] as const))(
    'finds nothing wrong with %s',
    (_id, plan) => {
      const problems = findProblems(plan, ground);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );

  it('finds times that are out of order', () => {
    expect(found({ endsAt: at(5 * day + hour) })).toEqual(['endsAt ends_before_start']);
    expect(found({ opensAt: at(4 * day) })).toEqual(['closesAt closes_before_opening']);
    expect(found({ closesAt: at(6 * day) })).toEqual(['closesAt closes_after_end']);
  });

  it('finds what is over before it is published, and lets it be afterwards', () => {
    const late = { now: monday + 5 * day + 2 * hour };
    expect(found({}, late)).toEqual(['startsAt begins_in_past', 'closesAt closed_in_past']);
    expect(found({}, { ...late, isPublished: true })).toEqual([]);
  });

  it('finds shifts that end before they begin, or lie outside the activity', () => {
    const groups = [
      buildGroup({ id: 'a', name: '早班', quota: 5, startsAt: at(5 * day + 2 * hour), endsAt: at(5 * day) }),
      buildGroup({ id: 'b', name: '晚班', quota: 5, startsAt: at(5 * day), endsAt: at(5 * day + 2 * hour) }),
    ];
    expect(found({ groups })).toEqual([
      'groups.0.endsAt shift_ends_before_start',
      'groups.1.startsAt shift_outside',
    ]);
  });

  it('finds an age that nobody reaches, and years that no group takes', () => {
    expect(found({ groups: [buildGroup({ condition: { minAge: 130 } })] })).toEqual([
      'groups.0.condition.minAge ages_unmet',
    ]);
    const groups = [
      buildGroup({ id: 'c', name: '中学组', quota: 4, condition: { minAge: 13, maxAge: 17 } }),
      buildGroup({ id: 'a', name: '小学组', quota: 6, condition: { minAge: 6, maxAge: 11 } }),
    ];
    const plan = buildActivityPlan({ groups, refundRules: [] });
    expect(findProblems(plan, ground)).toEqual([
      {
        severity: 'warning',
        field: 'groups',
        code: 'ages_gap',
        message: '12 岁没有可报的组，请确认是不是这样安排',
      },
    ]);
  });

  it('warns where the groups together have fewer or more places than the whole', () => {
    expect(found({ quota: 12 })).toEqual(['(quota quota_unreachable)']);
    expect(found({ quota: 8 })).toEqual(['(quota quota_below_groups)']);
  });

  it('finds groups and questions that are there twice', () => {
    const size = activityQuestionSchema.parse({
      key: 'size',
      label: '尺码',
      question: '穿多大？',
      type: 'choice',
      options: ['大', '大'],
    });
    const ages = (min: number) =>
      activityQuestionSchema.parse({
        key: 'years',
        label: '年数',
        question: '几年了？',
        type: 'number',
        min,
        max: 1,
      });
    expect(found({ groups: [buildGroup({ quota: 5 }), buildGroup({ quota: 5 })] })).toEqual([
      'groups.1.id group_id_twice',
      'groups.1.name group_name_twice',
    ]);
    expect(found({ questions: [size, ages(5), ages(0)] })).toEqual([
      'questions.2.key question_key_twice',
      'questions.2.label question_label_twice',
      'questions.0.options option_twice',
      'questions.1.max number_range',
    ]);
  });

  it('finds a draw that is also approved, or made when the activity has begun', () => {
    const closesAt = at(5 * day + 2 * hour);
    expect(found({ mode: 'lots', needsApproval: true, closesAt })).toEqual([
      'needsApproval lots_with_approval',
      'closesAt lots_without_time',
    ]);
  });

  it('finds a fee that nobody can pay, also of one group', () => {
    expect(found({ groups: [buildGroup({ feeFen: 100 })] }, { canTakeMoney: false })).toEqual([
      'feeFen fee_unpayable',
      '(refundRules no_refund)',
    ]);
  });

  it('finds refund rules that are not descending, or of no use', () => {
    const refundRules = [
      { hoursBefore: 24, percent: 50 },
      { hoursBefore: 48, percent: 100 },
    ];
    expect(found({ feeFen: 100, refundRules })).toEqual([
      'refundRules.1.hoursBefore refund_order',
      'refundRules.1.percent refund_rises',
    ]);
    expect(found({ refundRules: [{ hoursBefore: 24, percent: 50 }] })).toEqual([
      '(refundRules refund_without_fee)',
    ]);
  });

  it('warns of a limit that nobody can reach', () => {
    expect(found({ limitPerPerson: 2 })).toEqual(['(limitPerPerson limit_beyond_groups)']);
  });
});
