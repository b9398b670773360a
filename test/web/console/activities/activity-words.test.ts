import { describe, expect, it } from '@jest/globals';
import {
  sayApplicantState,
  sayFee,
  sayPeriod,
} from '../../../../src/web/console/activities/activity-words.js';
import {
  describeActivity,
  sayCondition,
  sayRegistration,
} from '../../../../src/web/console/activities/describe-activity.js';
import {
  faultOf,
  sayField,
  sectionOf,
  sortProblems,
} from '../../../../src/web/console/activities/edit/place-problem.js';
import { sayConsequences } from '../../../../src/web/console/activities/edit/say-consequences.js';
import { sayRefunds } from '../../../../src/web/console/activities/say-refunds.js';
import {
  showActivity,
  showQuestions,
  showSubmit,
} from '../../../../src/web/console/activities/show-to-citizens.js';
import { compareFacts } from '../../../../src/web/console/shared/compare-facts.js';
import { buildGroup, buildPlan } from './build-plan.js';

describe('the example of a refund', () => {
  const rules = [
    { hoursBefore: 48, percent: 100 },
    { hoursBefore: 24, percent: 50 },
  ];

  it('says what comes back when, with amounts', () => {
    expect(sayRefunds(rules, 1_000)).toBe(
      '提前 48 小时以上取消退 100%（¥10.00），24 小时到 48 小时之间取消退 50%（¥5.00），开始前不到 24 小时取消不退。',
    );
  });

  it('takes the longest first, however they were typed', () => {
    expect(sayRefunds(rules.toReversed(), 1_000)).toBe(sayRefunds(rules, 1_000));
  });

  it('ends with the last rule where that reaches to the beginning', () => {
    expect(
      sayRefunds(
        [
          { hoursBefore: 72, percent: 80 },
          { hoursBefore: 0, percent: 0 },
        ],
        99,
      ),
    ).toBe('提前 3 天以上取消退 80%（¥0.79），不到 3 天取消不退。');
    expect(sayRefunds([{ hoursBefore: 0, percent: 100 }], 99)).toBe('开始前任何时候取消退 100%（¥0.99）。');
  });

  it('says that nothing comes back, or that nothing was paid', () => {
    expect(sayRefunds([], 1_000)).toBe('市民自己取消，费用不退。');
    expect(sayRefunds(rules, 0)).toBe('不收费，没有退款。');
  });
});

describe('an activity in words', () => {
  it('names its times in Beijing, the second day only where it is another', () => {
    expect(sayPeriod(buildPlan())).toBe('2026年12月5日 周六 09:00–11:30');
    expect(sayPeriod({ startsAt: '2026-12-05T01:00:00Z', endsAt: '2026-12-06T03:00:00Z' })).toBe(
      '2026年12月5日 周六 09:00 至 2026年12月6日 周日 11:00',
    );
  });

  it('says where registration stands', () => {
    const at = (now: string) => sayRegistration(buildPlan(), Date.parse(now));
    expect(at('2026-11-23T00:00:00Z')).toBe('2026年11月24日 周二 09:00 开始报名');
    expect(at('2026-11-25T00:00:00Z')).toBe('报名到 2026年12月3日 周四 18:00');
    expect(at('2026-12-04T00:00:00Z')).toBe('报名已截止');
    expect(at('2026-12-05T04:00:00Z')).toBe('已结束');
  });

  it('says who may take a place', () => {
    expect(sayCondition(buildGroup())).toBe('不限');
    expect(sayCondition({ condition: { minAge: 6, maxAge: 12, districts: ['甲区', '乙区'] } })).toBe(
      '6–12 岁，限甲区、乙区',
    );
    expect(sayCondition({ condition: { minAge: 18 } })).toBe('18 岁及以上');
  });

  it('calls a state as the kind of admission has it', () => {
    expect(sayApplicantState('applied', { mode: 'lots', needsApproval: false })).toBe('待抽签');
    expect(sayApplicantState('applied', { mode: 'first_come', needsApproval: true })).toBe('待审核');
    expect(sayApplicantState('unsuccessful', { mode: 'lots', needsApproval: false })).toBe('未中签');
    expect(sayFee(0)).toBe('免费');
  });

  it('shows what two versions differ in, also a group that only one of them has', () => {
    const mine = buildPlan({ place: '体育馆' });
    const theirs = buildPlan({ groups: [buildGroup(), buildGroup({ id: 'b', name: '加开', quota: 5 })] });
    expect(compareFacts(describeActivity(mine), describeActivity(theirs))).toEqual([
      { name: '地点', mine: '体育馆', theirs: '示例公安局' },
      { name: '组“加开”', mine: '', theirs: '5 个名额；不限' },
    ]);
  });
});

describe('a problem', () => {
  const plan = buildPlan({
    kind: 'volunteers',
    groups: [buildGroup({ name: '早班' })],
    questions: [{ key: 'q1', label: '', question: '', optional: false, type: 'date' }],
  });

  it('is called as the page calls its field', () => {
    expect(sayField('closesAt', plan)).toBe('报名截止');
    expect(sayField('groups.0.quota', plan)).toBe('班次“早班”的名额');
    expect(sayField('groups.0.condition.schools.3', plan)).toBe('班次“早班”的学校');
    expect(sayField('questions.0.label', plan)).toBe('问题 1 的简称');
    expect(sayField('refundRules.1.percent', plan)).toBe('退款第 2 条的百分比');
  });

  it('stands in its section, errors first', () => {
    expect(sectionOf('refundRules.1')).toBe('fee');
    const problem = (severity: 'error' | 'warning', field: string) => ({
      severity,
      field,
      code: 'x',
      message: '',
    });
    const sorted = sortProblems([
      problem('warning', 'title'),
      problem('error', 'feeFen'),
      problem('error', 'opensAt'),
    ]);
    expect(sorted.map(({ field }) => field)).toEqual(['opensAt', 'feeFen', 'title']);
  });

  it('is said at its field and above, not beside', () => {
    const problems = [{ field: 'groups.1.name', message: '重名' }];
    expect(faultOf(problems, 'groups.1.name')).toBe('重名');
    expect(faultOf(problems, 'groups.1')).toBe('重名');
    expect(faultOf(problems, 'groups.10')).toBe('');
  });
});

describe('the consequences of a change', () => {
  const none = {
    problems: [],
    raisesForm: false,
    moves: false,
    standing: 12,
    refundableFen: 0,
    overfull: [],
  };
  const say = (change: Partial<Parameters<typeof sayConsequences>[0]>) =>
    sayConsequences({ ...none, ...change }, () => '小学组');

  it('are none but that citizens see it', () => {
    expect(say({})).toEqual(['市民马上会看到新的内容；已经报了名的人不受影响，也不另外通知。']);
  });

  it('say whom a move concerns, and what it may cost', () => {
    expect(say({ moves: true, refundableFen: 12_000 })).toEqual([
      '时间或地点变了：报了名和排着候补的 12 人会收到通知，他们可以取消并全额退款，最多要退 ¥120.00。',
    ]);
    expect(say({ moves: true, standing: 0 })).toEqual(['时间或地点变了。现在还没有人报名，不用通知谁。']);
  });

  it('say that nobody loses a place', () => {
    expect(say({ overfull: [{ groupId: 'a', quota: 5, taken: 8 }] })[0]).toBe(
      '“小学组”改成 5 个，但已经有 8 人：他们的名额都保留，只是不再放新的人进来。',
    );
  });
});

describe('what citizens see', () => {
  const plan = buildPlan({
    feeFen: 1_000,
    groups: [
      buildGroup({ feeFen: 0, condition: { schools: ['一中', '二中'] } }),
      buildGroup({ id: 'b', name: '其他', condition: { schools: ['二中', '三中'] } }),
    ],
    questions: [{ key: 'q1', label: '想看', question: '想看什么？', optional: true, type: 'text', max: 50 }],
  });

  it('has the range of fees, and each group with its own', () => {
    const shown = showActivity(plan);
    expect(shown.facts.at(-1)).toEqual({ name: '费用', text: '免费–¥10.00' });
    expect(shown.groups.map(({ lines }) => lines[0])).toEqual(['40 个名额 · 免费', '40 个名额 · ¥10.00']);
  });

  it('says on the button what comes next', () => {
    expect(showSubmit(buildPlan())).toBe('提交报名');
    expect(showSubmit(buildPlan({ feeFen: 100 }))).toBe('提交，去付款 ¥1.00');
    expect(showSubmit(buildPlan({ feeFen: 100, mode: 'lots' }))).toBe('提交报名');
  });

  it('asks what conditions need before the questions, each school once', () => {
    expect(showQuestions(plan)).toEqual([
      { label: '在哪所学校读书', hint: '请选择', options: ['一中', '二中', '三中'] },
      { label: '想看什么？（可不填）', hint: '最多 50 字' },
    ]);
  });
});
