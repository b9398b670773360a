import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { activityQuestionSchema } from '../../../../src/features/activities/activity.js';
import { registrationStates } from '../../../../src/features/activities/registration.js';
import { ageOn, readFacts } from '../../../../src/features/activities/registrations/conditions.js';
import { readAnswers } from '../../../../src/features/activities/registrations/read-answers.js';
import { refundDue, refundPercent } from '../../../../src/features/activities/registrations/refund-due.js';
import {
  advance,
  canBecome,
  end,
  hasEnded,
  isInPlace,
} from '../../../../src/features/activities/registrations/registration-transitions.js';
import {
  buildActivityPlan,
  buildGroup,
  buildRegistration,
  day,
  hour,
  monday,
  person,
} from '../../../support/activity-builders.js';

describe('what becomes of a registration', () => {
  it('ends for good, but for a lapsed hold whose payment comes late and a mistake at the door', () => {
    for (const state of registrationStates) {
      const next = registrationStates.filter((to) => canBecome(state, to));
      if (hasEnded({ state })) expect(next).toEqual(state === 'lapsed' ? ['confirmed'] : []);
      if (state === 'arrived') expect(next).toEqual(['confirmed']);
    }
  });

  it('reaches every state from the application or the waiting list', () => {
    const reached = new Set<string>(['applied', 'waiting']);
    for (const from of reached)
      for (const to of registrationStates) if (canBecome(from as 'applied', to)) reached.add(to);
    expect([...reached].sort()).toEqual([...registrationStates].sort());
  });

  it('leaves behind what belonged to the state before', () => {
    const held = buildRegistration(1, { state: 'held', until: new Date(monday), orderId: 'o-1' });
    const confirmed = advance(held, 'confirmed', monday + 1);
    expect(confirmed).toMatchObject({ state: 'confirmed', ordinal: 0, changedAt: new Date(monday + 1) });
    expect(confirmed).not.toHaveProperty('until');
    const applied = buildRegistration(1, { state: 'applied', isPlaced: true });
    const ended = end(applied, 'unsuccessful', monday, '材料不齐');
    expect(ended).toMatchObject({ state: 'unsuccessful', endedBecause: '材料不齐' });
    expect(ended).not.toHaveProperty('ordinal');
    expect([isInPlace(applied), isInPlace(ended)]).toEqual([true, false]);
  });

  it('is never what the table does not know', () => {
    const cancelled = buildRegistration(1, { state: 'cancelled' });
    expect(() => advance(cancelled, 'confirmed', monday)).toThrow('from cancelled to confirmed');
  });
});

describe('conditions', () => {
  // Saturday, 28 November 2026, in Asia/Shanghai.
  const plan = buildActivityPlan();

  it.each([
    ['2018-11-28', 8],
    ['2018-11-29', 7],
    ['2020-02-29', 6],
  ])('somebody born on %s is %d', (birth, age) => {
    expect(ageOn('2026-11-28', person(1, birth).idNumber)).toBe(age);
  });

  it('takes whoever is as old on the day of the activity, not on that of registration', () => {
    const group = buildGroup({ name: '小学组', condition: { minAge: 6, maxAge: 12 } });
    const check = (birth: string) => readFacts(plan, group, person(1, birth), {});
    expect(check('2020-11-28')).toEqual({});
    expect(check('2013-11-29')).toEqual({});
    expect(() => check('2020-11-29')).toThrow('「小学组」要求活动当天年满 6 周岁');
    expect(() => check('2013-11-28')).toThrow('「小学组」要求活动当天不超过 12 周岁');
  });

  it('keeps what it asks for, and says what it wants', () => {
    const group = buildGroup({
      name: '梅江组',
      condition: { districts: ['梅江区'], schools: ['一小', '二小'] },
    });
    const check = (facts: object) => readFacts(plan, group, person(1), facts);
    expect(check({ district: ' 梅江区 ', school: '一小' })).toEqual({ district: '梅江区', school: '一小' });
    expect(() => check({ district: '梅江区' })).toThrow('请选择学校');
    expect(() => check({ district: '梅县区', school: '一小' })).toThrow(
      '「梅江组」只接受这些区县的报名：梅江区',
    );
    expect(readFacts(plan, buildGroup(), person(1), { school: '一小' })).toEqual({});
  });
});

describe('answers', () => {
  const questions = [
    { key: 'note', label: '备注', question: '备注？', type: 'text', max: 3, optional: true },
    { key: 'people', label: '人数', question: '几位？', type: 'number', min: 1, max: 4 },
    { key: 'since', label: '日期', question: '哪天？', type: 'date' },
    { key: 'size', label: '尺码', question: '尺码？', type: 'choice', options: ['S', 'M'] },
  ].map((question) => activityQuestionSchema.parse(question));
  const good = { people: 2, since: '2026-02-28', size: 'S' };

  it('are kept as they were asked for, and nothing else is', () => {
    expect(readAnswers(questions, { ...good, note: ' 好 ', __proto__: 'x', other: 1 })).toEqual({
      ...good,
      note: '好',
    });
  });

  it.each([
    [{ note: '四个字啊' }, '「备注」最多 3 个字', 'note'],
    [{ people: 5 }, '「人数」应在 1 到 4 之间', 'people'],
    [{ people: NaN }, '「人数」应在 1 到 4 之间', 'people'],
    [{ people: '2' }, '「人数」应在 1 到 4 之间', 'people'],
    [{ since: '2026-02-29' }, '「日期」不是一个日期', 'since'],
    [{ size: 'L' }, '「尺码」请从这些里选一个：S、M', 'size'],
    [{ size: '' }, '「尺码」还没有填', 'size'],
  ])('%j: %s', (wrong, sentence, key) => {
    const attempt = () => readAnswers(questions, { ...good, ...wrong });
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'bad_answer', message: sentence, details: { key } }),
    );
  });
});

describe('refunds', () => {
  const startsAt = new Date(monday + 5 * day);
  const refundRules = [
    { hoursBefore: 24, percent: 50 },
    { hoursBefore: 48, percent: 80 },
  ];
  const terms = { refundRules, startsAt, agreedAt: new Date(monday) };

  it.each([
    [49, 80],
    [48, 80],
    [47, 50],
    [24, 50],
    [1, 0],
  ])('%d hours before: %d percent', (hours, percent) => {
    expect(refundPercent(terms, startsAt.getTime() - hours * hour)).toBe(percent);
  });

  it('are whole for whoever agreed to another time or place', () => {
    const movedAt = new Date(monday + 1);
    expect(refundPercent({ ...terms, movedAt }, startsAt.getTime())).toBe(100);
    expect(refundPercent({ ...terms, movedAt, agreedAt: movedAt }, startsAt.getTime())).toBe(0);
  });

  it('are never more than what was received and is not promised', () => {
    const fen = fc.nat(10_000_000);
    fc.assert(
      fc.property(fen, fen, fc.integer({ min: 0, max: 100 }), (receivedFen, promised, percent) => {
        const promisedFen = Math.min(promised, receivedFen);
        const due = refundDue({ state: 'paid', receivedFen, promisedFen }, percent);
        expect(Number.isSafeInteger(due) && due >= 0 && due + promisedFen <= receivedFen).toBe(true);
      }),
    );
    expect(refundDue({ state: 'closed', receivedFen: 0, promisedFen: 0 }, 100)).toBe(0);
  });
});
