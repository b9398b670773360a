import { describe, expect, it } from '@jest/globals';
import {
  sayAdmission,
  sayConditions,
  sayRefunds,
} from '../../../src/features/activities/citizen-activity-words.js';
import { buildActivityPlan, buildGroup } from '../../support/activity-builders.js';

const schools = ['一小', '二小', '三小', '四小', '五小', '六小', '七小'];

describe('who may take a place', () => {
  it.each([
    [{}, []],
    [{ minAge: 6, maxAge: 12 }, ['6–12 岁（按活动开始那天的周岁算）']],
    [{ minAge: 7, maxAge: 7 }, ['7 岁（按活动开始那天的周岁算）']],
    [{ minAge: 18 }, ['满 18 岁（按活动开始那天的周岁算）']],
    [{ maxAge: 17 }, ['17 岁及以下（按活动开始那天的周岁算）']],
    [{ districts: ['梅江区', '梅县区'] }, ['区县：梅江区、梅县区']],
    [{ schools }, ['学校：一小、二小、三小、四小、五小、六小等 7 所']],
  ])('%j', (condition, sentences) => {
    expect(sayConditions(condition)).toEqual(sentences);
  });
});

describe('how places are given', () => {
  it.each([
    ['first come', {}, '先到先得，提交时'],
    ['approval', { needsApproval: true }, '先到先得，报名后由工作人员审核'],
    ['a draw', { mode: 'lots' }, '抽签，早报晚报机会一样'],
  ] as const)('%s', (_name, plan, words) => {
    expect(sayAdmission(buildActivityPlan(plan))[0]).toContain(words);
  });

  it('names the waiting list and the time to pay only where there are such', () => {
    const all = sayAdmission(buildActivityPlan({ feeFen: 100, paymentMinutes: 15, offerMinutes: 120 }));
    expect(all).toEqual([
      '先到先得，提交时还有名额就是您的。',
      '有了名额，请在 15 分钟内付款，过时名额会让给别人。',
      '满员后可以排候补：有人退出就按顺序轮到您，请在 2 小时内接受。',
    ]);
    expect(sayAdmission(buildActivityPlan({ hasWaitingList: false }))).toHaveLength(1);
  });
});

describe('what comes back', () => {
  const always = '活动取消，或者时间、地点有变：全额退';

  it('is nothing to speak of where it is free, also for a group', () => {
    expect(sayRefunds(buildActivityPlan())).toEqual([]);
    expect(sayRefunds(buildActivityPlan({ groups: [buildGroup({ feeFen: 1 })] }))).not.toEqual([]);
  });

  it.each([
    [[], ['付款以后自己取消：不退']],
    [
      [
        { hoursBefore: 48, percent: 100 },
        { hoursBefore: 24, percent: 50 },
      ],
      ['离开始还有 2 天以上取消：全额退', '离开始还有 1 天到 2 天取消：退 50%', '离开始不到 1 天取消：不退'],
    ],
    [[{ hoursBefore: 0, percent: 80 }], ['开始以前取消：退 80%']],
    [
      [
        { hoursBefore: 3, percent: 100 },
        { hoursBefore: 0, percent: 30 },
      ],
      ['离开始还有 3 小时以上取消：全额退', '离开始不到 3 小时取消：退 30%'],
    ],
  ])('by the rules %j', (refundRules, sentences) => {
    expect(sayRefunds(buildActivityPlan({ feeFen: 100, refundRules }))).toEqual([...sentences, always]);
  });
});
