import { randomUUID } from 'node:crypto';
import type { StaffRole } from '../../src/core/permissions.js';
import type { NoticeReviewer } from '../../src/features/notices/desk/notice-reviews.js';
import type { Notice, NoticePlan } from '../../src/features/notices/notice.js';
import { buildActor } from './audit-builders.js';
import { grant } from './staff-builders.js';

export const noticeAccount = 'pingan-meizhou';

/** A routine text to every follower, by mass. */
export function buildPlan(overrides: Partial<NoticePlan> = {}): NoticePlan {
  return {
    kind: 'routine',
    title: '端午交通提示',
    content: { body: { kind: 'text', text: '端午期间梅江一路限行，请绕行。' } },
    audience: { kind: 'everyone' },
    channels: ['mass'],
    sendAt: null,
    training: false,
    ...overrides,
  };
}

export function buildNotice(overrides: Partial<Notice> = {}): Notice {
  return {
    ...buildPlan(),
    accountId: noticeAccount,
    id: randomUUID(),
    state: 'draft',
    revision: 1,
    authors: [{ staffId: 'li', name: 'li同志' }],
    createdAt: new Date('2026-11-22T01:00:00Z'),
    preparation: 0,
    hash: null,
    size: null,
    submittedAt: null,
    submittedBy: null,
    approvals: [],
    hold: null,
    startsAt: null,
    startedAt: null,
    endedAt: null,
    remark: '',
    ...overrides,
  };
}

export const noticeHash = 'a'.repeat(64);

/** Prepared, and waiting for its first approval. */
export function buildPending(overrides: Partial<Notice> = {}): Notice {
  return buildNotice({
    state: 'pending',
    preparation: 1,
    hash: noticeHash,
    size: { recipients: 130_000, byChannel: { mass: 130_000 }, skipped: {} },
    submittedAt: new Date('2026-11-22T01:05:00Z'),
    submittedBy: { staffId: 'li', name: 'li同志' },
    ...overrides,
  });
}

export function noticeReviewer(staffId: string, ...roles: StaffRole[]): NoticeReviewer {
  return { actor: buildActor(staffId), roles: roles.map((role) => grant(role)) };
}
