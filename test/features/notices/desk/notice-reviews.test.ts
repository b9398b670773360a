import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StaffRole } from '../../../../src/core/permissions.js';
import type { NoticeApprovalRequest } from '../../../../src/features/notices/desk/notice-reviews.js';
import type { Notice, NoticeStage } from '../../../../src/features/notices/notice.js';
import { buildActor } from '../../../support/audit-builders.js';
import { buildPending, noticeHash, noticeReviewer } from '../../../support/notice-builders.js';
import { openNoticeDesk } from '../../../support/open-notice-desk.js';

let bench: ReturnType<typeof openNoticeDesk>;

beforeEach(() => {
  bench = openNoticeDesk();
});

const stageRoles: Record<NoticeStage, StaffRole> = {
  first: 'editor',
  second: 'sectionHead',
  final: 'leader',
  emergency: 'leader',
};

function approval(
  notice: Notice,
  stage: NoticeStage,
  staffId: string = stage,
  overrides: Partial<NoticeApprovalRequest> = {},
): NoticeApprovalRequest {
  return {
    accountId: notice.accountId,
    id: notice.id,
    hash: noticeHash,
    stage,
    recipients: 130_000,
    channels: ['mass'],
    reviewer: noticeReviewer(staffId, stageRoles[stage]),
    ...overrides,
  };
}

async function passTo(notice: Notice, last: NoticeStage): Promise<Notice> {
  for (const stage of ['first', 'second', 'final'] as const) {
    const approved = await bench.reviews.approve(approval(notice, stage));
    if (stage === last) return approved;
  }
  throw new Error('no such stage');
}

describe('a routine notice', () => {
  it('is sent once three people have approved it', async () => {
    const notice = await bench.keep(buildPending());
    expect(await passTo(notice, 'second')).toMatchObject({ state: 'pending' });
    const released = await bench.reviews.approve(approval(notice, 'final'));
    expect(released).toMatchObject({ state: 'sending', startedAt: new Date(bench.clock.now()) });
    expect(released.approvals.map(({ by }) => by.staffId)).toEqual(['first', 'second', 'final']);
    expect(bench.nudges()).toBe(1);
    expect(bench.actions()).toEqual(['notice.approve', 'notice.approve', 'notice.approve']);
  });

  it('waits for its time', async () => {
    const sendAt = new Date('2026-11-22T10:00:00Z');
    const notice = await bench.keep(buildPending({ sendAt }));
    expect(await passTo(notice, 'final')).toMatchObject({ state: 'scheduled', startsAt: sendAt });
    expect(bench.nudges()).toBe(0);
  });

  it('waits for the end of the quiet hours', async () => {
    bench.quiet.hours = { from: '08:00', to: '10:30' };
    const notice = await bench.keep(buildPending());
    const startsAt = new Date('2026-11-22T10:30:00+08:00');
    expect(await passTo(notice, 'final')).toMatchObject({ state: 'scheduled', startsAt });
  });

  it('is not approved by one of its authors, whatever they may do', async () => {
    const notice = await bench.keep(buildPending());
    await expect(bench.reviews.approve(approval(notice, 'first', 'li'))).rejects.toMatchObject({
      code: 'author_cannot_review',
    });
  });

  it('is not approved twice by the same person', async () => {
    const notice = await bench.keep(buildPending());
    await bench.reviews.approve(approval(notice, 'first', 'wang'));
    await expect(bench.reviews.approve(approval(notice, 'second', 'wang'))).rejects.toMatchObject({
      code: 'approved_already',
    });
  });

  it('is not approved without the role of the stage', async () => {
    const notice = await bench.keep(buildPending());
    const reviewer = noticeReviewer('wang', 'sectionHead');
    await expect(
      bench.reviews.approve(approval(notice, 'first', 'wang', { reviewer })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is not approved by the right of the emergency path', async () => {
    const notice = await bench.keep(buildPending());
    await expect(bench.reviews.approve(approval(notice, 'emergency'))).rejects.toMatchObject({
      code: 'stage_passed',
      details: { stage: 'first' },
    });
  });

  it.each([
    ['hash_mismatch', { hash: 'b'.repeat(64) }],
    ['size_mismatch', { recipients: 129_999 }],
    ['size_mismatch', { channels: ['mass', 'template'] }],
    ['size_mismatch', { channels: ['template'] }],
  ] satisfies [string, Partial<NoticeApprovalRequest>][])(
    'is not approved by who saw something else: %s',
    async (code, overrides) => {
      const notice = await bench.keep(buildPending());
      await expect(bench.reviews.approve(approval(notice, 'first', 'wang', overrides))).rejects.toMatchObject(
        { code },
      );
      expect((await bench.desk.find(notice)).approvals).toEqual([]);
      expect(bench.actions()).toEqual([]);
    },
  );

  it('that was changed meanwhile needs all approvals anew', async () => {
    const notice = await bench.keep(buildPending());
    await bench.reviews.approve(approval(notice, 'first'));
    const { title: _title, ...plan } = notice;
    const edit = { ...notice, actor: buildActor('li'), revision: 1, plan: { ...plan, title: '改过' } };
    await bench.desk.change(edit);
    await expect(bench.reviews.approve(approval(notice, 'second'))).rejects.toMatchObject({
      code: 'notice_state',
    });
  });

  it('goes back to its author with a reason', async () => {
    const notice = await bench.keep(buildPending());
    await bench.reviews.approve(approval(notice, 'first'));
    const refusal = { ...approval(notice, 'second'), verdict: 'returned', reason: '写明时间' } as const;
    expect(await bench.reviews.refuse(refusal)).toMatchObject({
      state: 'draft',
      remark: '写明时间',
      approvals: [],
      hash: null,
    });
    expect(bench.audited().at(-1)).toMatchObject({ action: 'notice.return', reason: '写明时间' });
  });

  it('that is rejected stays so', async () => {
    const notice = await bench.keep(buildPending());
    const refusal = { ...approval(notice, 'first'), verdict: 'rejected', reason: '不发' } as const;
    expect(await bench.reviews.refuse(refusal)).toMatchObject({ state: 'rejected', remark: '不发' });
    await expect(bench.reviews.approve(approval(notice, 'first'))).rejects.toMatchObject({
      code: 'notice_state',
    });
  });

  it('approved by two at the same time has one approval', async () => {
    const notice = await bench.keep(buildPending());
    const results = await Promise.allSettled([
      bench.reviews.approve(approval(notice, 'first', 'wang')),
      bench.reviews.approve(approval(notice, 'first', 'zhao')),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await bench.desk.find(notice)).approvals).toHaveLength(1);
  });
});

describe('an emergency notice', () => {
  const emergency = () => bench.keep(buildPending({ kind: 'emergency' }));

  it('goes out at once with one approval, quiet hours or not', async () => {
    bench.quiet.hours = { from: '08:00', to: '10:30' };
    const notice = await emergency();
    expect(await bench.reviews.approve(approval(notice, 'emergency'))).toMatchObject({ state: 'sending' });
    expect(bench.nudges()).toBe(1);
  });

  it('is not approved by who wrote it', async () => {
    const notice = await emergency();
    await expect(bench.reviews.approve(approval(notice, 'emergency', 'li'))).rejects.toMatchObject({
      code: 'author_cannot_review',
    });
  });

  it('is approved by a leader only', async () => {
    const notice = await emergency();
    const reviewer = noticeReviewer('wang', 'editor', 'sectionHead');
    await expect(
      bench.reviews.approve(approval(notice, 'emergency', 'wang', { reviewer })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
