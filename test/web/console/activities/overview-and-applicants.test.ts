import { describe, expect, it } from '@jest/globals';
import type { ActivityDetail } from '../../../../src/api-types/activities.js';
import type { Applicant } from '../../../../src/api-types/applicants.js';
import type { Permission } from '../../../../src/api-types/permissions.js';
import {
  isCancellable,
  isDecidable,
  sayNotes,
} from '../../../../src/web/console/activities/applicants/describe-applicant.js';
import { sumUpOutcomes } from '../../../../src/web/console/activities/applicants/sum-up-outcomes.js';
import { countByGroup } from '../../../../src/web/console/activities/edit/count-by-group.js';
import { publishLines, sayHindrance } from '../../../../src/web/console/activities/overview/publish-lines.js';
import { sayFill, sumUpCounts } from '../../../../src/web/console/activities/overview/sum-up-counts.js';
import { sayCancellation } from '../../../../src/web/console/activities/overview/use-activity-deeds.js';
import { nameOf } from '../../../../src/web/console/shared/fetch-file.js';
import { buildGroup, buildPlan } from './build-plan.js';

const count = { quota: 20, taken: 0, waiting: 0, applied: 0, confirmed: 0, arrived: 0 };

function buildApplicant(overrides: Partial<Applicant> = {}): Applicant {
  return {
    registrationId: 'r1',
    groupId: 'all',
    state: 'applied',
    until: null,
    person: { name: '赵**', idNumber: '4414**********1234', phone: '138****1234' },
    answers: [],
    school: null,
    district: null,
    lot: null,
    feeFen: 0,
    orderId: null,
    ticketId: null,
    endedBecause: null,
    arrivedAt: null,
    createdAt: '2026-11-24T01:00:00Z',
    changedAt: '2026-11-24T01:00:00Z',
    ...overrides,
  };
}

describe('publishing', () => {
  const leader = { staffId: 'leader', can: (permission: Permission) => permission === 'activities.publish' };
  const draft: Pick<ActivityDetail, 'state' | 'updatedBy' | 'problems'> = {
    state: 'draft',
    updatedBy: { staffId: 'editor', name: '编辑' },
    problems: [],
  };

  it('is for another than who changed it last, once nothing is wrong', () => {
    expect(sayHindrance(draft, leader)).toBeUndefined();
    expect(sayHindrance(draft, { ...leader, staffId: 'editor' })).toContain('不能自己发布');
    expect(sayHindrance(draft, { ...leader, can: () => false })).toContain('由“');
    const problem = { code: 'x', field: 'title', message: '' };
    expect(sayHindrance({ ...draft, problems: [{ ...problem, severity: 'error' }] }, leader)).toContain(
      '改好',
    );
    expect(
      sayHindrance({ ...draft, problems: [{ ...problem, severity: 'warning' }] }, leader),
    ).toBeUndefined();
  });

  it('has what is promised ticked line by line', () => {
    const lines = publishLines(
      buildPlan({ feeFen: 1_000, groups: [buildGroup(), buildGroup({ feeFen: 500 })] }),
    );
    expect(lines.map(({ key }) => key)).toEqual([
      'time',
      'registration',
      'places',
      'admission',
      'fee',
      'form',
    ]);
    expect(lines[0]?.text).toBe('活动时间和地点对：2026年12月5日 周六 09:00–11:30，示例公安局');
    expect(lines[4]?.text).toBe('收费 ¥10.00、¥5.00；市民自己取消，费用不退。有人报名以后退款规则不能再改');
  });
});

describe('the live count', () => {
  it('leaves a group no more than the whole has', () => {
    const lines = sumUpCounts({
      total: { ...count, quota: 20, taken: 18 },
      groups: [
        { ...count, groupId: 'a', name: '甲', quota: 15, taken: 8 },
        { ...count, groupId: 'b', name: '乙', quota: 10, taken: 12 },
      ],
    });
    expect(lines.map(({ name, left, percent }) => [name, left, percent])).toEqual([
      ['甲', 2, 53],
      ['乙', 0, 100],
      ['合计', 2, 90],
    ]);
  });

  it('says the whole once where one group is all', () => {
    const group = { ...count, groupId: 'a', name: '全体' };
    expect(sumUpCounts({ total: count, groups: [group] })).toHaveLength(1);
    expect(sumUpCounts({ total: count, groups: [{ ...group, quota: 30 }] })).toHaveLength(2);
  });

  it('says in a list how full it is, and before a draw how many have applied', () => {
    expect(sayFill({ ...count, taken: 18, waiting: 3 }, { mode: 'first_come' })).toBe('18 / 20，候补 3');
    expect(sayFill({ ...count, applied: 57 }, { mode: 'lots' })).toBe('57 人抽 20 个');
  });

  it('keeps a group for which somebody applied or waits', () => {
    const counted = countByGroup([
      { ...count, groupId: 'a', name: '甲', applied: 2 },
      { ...count, groupId: 'b', name: '乙', taken: 3, applied: 1, waiting: 1 },
      { ...count, groupId: 'c', name: '丙' },
    ]);
    expect([...counted]).toEqual([
      ['a', 2],
      ['b', 4],
      ['c', 0],
    ]);
  });
});

it('says what cancelling the whole would do', () => {
  expect(sayCancellation(34, 12_000)).toBe(
    '报了名和排着候补的 34 人会逐个收到通知，写下的理由他们看得到。已经付的 ¥120.00 会全额原路退回。取消不能恢复。',
  );
  expect(sayCancellation(0, 0)).toBe('现在没有人报名，不用通知谁。取消不能恢复。');
});

describe('an applicant', () => {
  it('is decided about only where staff approve one by one', () => {
    const byHand = { mode: 'first_come', needsApproval: true } as const;
    expect(isDecidable({ state: 'applied' }, byHand)).toBe(true);
    expect(isDecidable({ state: 'confirmed' }, byHand)).toBe(false);
    expect(isDecidable({ state: 'applied' }, { mode: 'lots', needsApproval: false })).toBe(false);
  });

  it('is not cancelled any more once it is over', () => {
    expect(isCancellable({ state: 'waiting' })).toBe(true);
    expect(isCancellable({ state: 'arrived' })).toBe(false);
    expect(isCancellable({ state: 'lapsed' })).toBe(false);
  });

  it('brings along what was answered and what happened', () => {
    const answers = [
      { key: 'q1', label: '尺码', answer: 'L' },
      { key: 'q2', label: '想看', answer: '' },
    ];
    expect(sayNotes(buildApplicant({ state: 'held', until: '2026-11-24T02:30:00Z', answers }))).toBe(
      '名额留到 2026-11-24 10:30；尺码：L',
    );
    expect(sayNotes(buildApplicant())).toBe('');
  });
});

it('says of a decision about several whom it did not reach', () => {
  const asked = [buildApplicant(), buildApplicant({ registrationId: 'r2', person: null })];
  const sum = sumUpOutcomes(
    [
      { outcome: 'done', registrationId: 'r1', state: 'confirmed' },
      { outcome: 'refused', registrationId: 'r2', code: 'already_decided', message: '已经有人处理过了' },
    ],
    asked,
  );
  expect(sum.done).toBe(1);
  expect(sum.refused).toEqual([
    { registrationId: 'r2', name: '（读不出姓名）', message: '已经有人处理过了' },
  ]);
});

it('reads the name of a file that the server hands out', () => {
  expect(nameOf('attachment; filename="list.xlsx"; filename*=UTF-8\'\'%E5%90%8D%E5%8D%95.xlsx')).toBe(
    '名单.xlsx',
  );
  expect(nameOf('attachment; filename="list.xlsx"')).toBe('list.xlsx');
  expect(nameOf('')).toBe('');
});
