import { describe, expect, it } from '@jest/globals';
import type { SubmissionView } from '../../../../src/api-types/content-review.js';
import type { Permission } from '../../../../src/api-types/permissions.js';
import { sayHindrance } from '../../../../src/web/console/review/review-words.js';
import { timelineOf } from '../../../../src/web/console/review/timeline-of.js';

const person = (staffId: string, name = staffId) => ({ staffId, name });
const at = '2026-03-02T02:05:00.000Z';

const submission = (change: Partial<SubmissionView> = {}): SubmissionView => ({
  number: 7,
  hash: 'a'.repeat(64),
  draftRevision: 12,
  baseRelease: 3,
  stages: ['first', 'second', 'final'],
  due: 'first',
  note: '改收费',
  submittedBy: person('author'),
  submittedAt: at,
  authors: [person('author'), person('colleague')],
  approvals: [],
  state: 'pending',
  outcome: null,
  ...change,
});

const onlooker = (staffId: string, ...permissions: Permission[]) => ({
  staffId,
  can: (permission: Permission) => permissions.includes(permission),
});

describe('who may review', () => {
  it('may, when nothing stands in the way', () => {
    expect(sayHindrance(submission(), onlooker('other', 'review.first'))).toBeUndefined();
  });

  it('may not be anybody who wrote some of it', () => {
    for (const author of ['author', 'colleague'])
      expect(sayHindrance(submission(), onlooker(author, 'review.first'))).toContain('不能自己审核');
  });

  it('may not be who approved an earlier stage', () => {
    const later = submission({ due: 'second', approvals: [{ stage: 'first', by: person('other'), at }] });
    expect(sayHindrance(later, onlooker('other', 'review.first', 'review.second'))).toBe(
      '初审是您通过的，复审须由另一个人来做。',
    );
  });

  it('must have the role of the stage that is due', () => {
    expect(sayHindrance(submission({ due: 'final' }), onlooker('other', 'review.first'))).toBe(
      '现在等的是终审，由“终审（领导）”来做。',
    );
  });

  it('has nothing to do once it is over', () => {
    const over = submission({ state: 'voided', due: null });
    expect(sayHindrance(over, onlooker('other', 'review.first'))).toContain('已作废');
  });
});

describe('the course of a submission', () => {
  it('shows what lies ahead while it waits', () => {
    const steps = timelineOf(
      submission({ due: 'second', approvals: [{ stage: 'first', by: person('other', '乙'), at }] }),
    );
    expect(steps.map(({ title, look }) => [title, look])).toEqual([
      ['送审', 'done'],
      ['初审通过', 'done'],
      ['等待复审', 'ahead'],
      ['等待终审', 'ahead'],
    ]);
  });

  it('ends with the release, or with the reason', () => {
    const outcome = { by: person('boss', '丙'), at, reason: '' };
    expect(
      timelineOf(submission({ state: 'published', due: null, outcome: { ...outcome, release: 4 } })).at(-1),
    ).toMatchObject({ title: '发布为第 4 版', by: '丙', look: 'done' });
    expect(
      timelineOf(submission({ state: 'returned', due: null, outcome: { ...outcome, reason: '缺依据' } })).at(
        -1,
      ),
    ).toMatchObject({ title: '已退回', text: '缺依据', look: 'bad' });
  });
});
