import { describe, expect, it } from '@jest/globals';
import {
  dearestFen,
  newForm,
  newGroup,
  newQuestion,
  readPlan,
  writePlan,
} from '../../../../src/web/console/activities/edit/activity-form.js';
import { findFaults } from '../../../../src/web/console/activities/edit/find-faults.js';
import { sayPlaces } from '../../../../src/web/console/activities/edit/say-places.js';
import { buildGroup, buildPlan } from './build-plan.js';

const now = Date.parse('2026-11-22T14:00:00Z');
const kinds = ['registration', 'ticketed', 'volunteers'] as const;

describe('a new activity', () => {
  it.each(kinds)('of the kind %s lacks nothing but its name and its place', (kind) => {
    expect(findFaults(writePlan(newForm(kind, now)))).toEqual([
      { field: 'title', message: '请填写' },
      { field: 'place', message: '请填写' },
    ]);
  });

  it('is set in business days of Beijing, where it is tomorrow already', () => {
    const late = newForm('registration', Date.parse('2026-11-22T17:00:00Z'));
    expect(late.opensAt).toBe('2026-11-24 09:00');
    expect(writePlan(late).opensAt).toBe('2026-11-24T01:00:00.000Z');
  });

  it('gives volunteers two shifts that do not overlap', () => {
    const [early, late] = newForm('volunteers', now).groups;
    expect(early?.endsAt).toBe(late?.startsAt);
    expect([early?.hasOwnTime, late?.hasOwnTime]).toEqual([true, true]);
  });
});

describe('a plan in the form', () => {
  const plan = buildPlan({
    feeFen: 1_250,
    refundRules: [{ hoursBefore: 48, percent: 100 }],
    groups: [
      buildGroup({
        condition: { minAge: 6, maxAge: 12, schools: ['示例一小'], districts: ['示例区'] },
        startsAt: '2026-12-05T01:00:00.000Z',
        endsAt: '2026-12-05T02:00:00.000Z',
        feeFen: 0,
      }),
      buildGroup({ id: 'others', name: '其他人' }),
    ],
    questions: [
      { key: 'size', label: '尺码', question: '多大？', optional: true, type: 'choice', options: ['S', 'L'] },
      {
        key: 'height',
        label: '身高',
        question: '多高？',
        optional: false,
        type: 'number',
        min: 50,
        max: 230,
      },
      { key: 'hope', label: '想看', question: '想看什么？', optional: false, type: 'text', max: 50 },
      { key: 'first', label: '哪天来过', question: '哪天来过？', optional: true, type: 'date' },
    ],
  });

  it('comes out as it went in', () => {
    expect(writePlan(readPlan(plan))).toEqual(plan);
    expect(findFaults(plan)).toEqual([]);
  });

  it('leaves an instant as it was to the second, unless another is chosen', () => {
    const seconds = buildPlan({ opensAt: '2026-11-24T01:00:42.123Z' });
    const form = readPlan(seconds);
    expect(form.opensAt).toBe('2026-11-24 09:00');
    expect(writePlan(form)).toEqual(seconds);
    expect(writePlan({ ...form, opensAt: '2026-11-24 09:01' }).opensAt).toBe('2026-11-24T01:01:00.000Z');
  });

  it('keeps what is switched off, and does not write it', () => {
    const form = readPlan(plan);
    form.groups = form.groups.map((group) => ({
      ...group,
      limitsAge: false,
      limitsSchools: false,
      limitsDistricts: false,
      hasOwnTime: false,
      hasOwnFee: false,
    }));
    expect(form.groups[0]?.schools).toEqual(['示例一小']);
    expect(writePlan(form).groups[0]).toEqual({ id: 'all', name: '全体', quota: 40, condition: {} });
  });

  it('approves nobody one by one where lots are drawn', () => {
    const form = { ...readPlan(plan), mode: 'lots' as const, needsApproval: true };
    expect(writePlan(form).needsApproval).toBe(false);
  });

  it('says what cannot be saved, at its field', () => {
    const form = readPlan(plan);
    form.startsAt = '';
    form.groups = [
      { ...newGroup('', 5), limitsSchools: true, limitsAge: true, minAge: 12, maxAge: 6 },
      ...form.groups,
    ];
    form.questions = [
      { ...newQuestion([]), type: 'choice', label: '尺码', question: '多大？', options: ['S'] },
    ];
    expect(findFaults(writePlan(form))).toEqual([
      { field: 'startsAt', message: '请选择日期和时间' },
      { field: 'groups.0.name', message: '请填写' },
      { field: 'groups.0.condition.schools', message: '至少要有 1 项' },
      { field: 'groups.0.condition.maxAge', message: '最小年龄不能大于最大年龄' },
      { field: 'questions.0.options', message: '至少要有 2 项' },
    ]);
  });

  it('takes money as whole fen', () => {
    expect(writePlan({ ...readPlan(plan), fee: 19.99 }).feeFen).toBe(1_999);
    expect(dearestFen({ fee: 0.1, groups: [{ ...newGroup('贵的', 1), hasOwnFee: true, fee: 0.29 }] })).toBe(
      29,
    );
  });
});

it('names a question as none of the others is', () => {
  expect(newQuestion(['q1', 'q3']).key).toBe('q4');
  expect(newQuestion(['q2']).key).toBe('q3');
});

it('says how the groups compare with the whole', () => {
  const of = (quota: number) => sayPlaces({ kind: 'volunteers', quota, groups: [newGroup('早班', 20)] });
  expect(of(20)).toBe('各班次加起来 20 个，正好');
  expect(of(15)).toBe('各班次加起来 20 个，比总名额多：总共报满 15 个就停');
  expect(of(30)).toBe('各班次加起来 20 个，比总名额少：最多只能报 20 个');
});
