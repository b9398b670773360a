import type { Delivery } from '../../src/features/notices/delivery.js';
import type { Notice } from '../../src/features/notices/notice.js';

export const noticeTime = new Date('2026-04-20T08:02:46+08:00');

/** A notice that is being sent by template message, unless told otherwise. */
export function buildSendingNotice(overrides: Partial<Notice> = {}): Notice {
  return {
    accountId: 'pingan-meizhou',
    id: 'n1',
    state: 'sending',
    revision: 1,
    authors: [{ staffId: 's1', name: '林晓' }],
    createdAt: noticeTime,
    preparation: 1,
    hash: 'hash',
    size: { recipients: 0, byChannel: {}, skipped: {} },
    submittedAt: noticeTime,
    submittedBy: { staffId: 's1', name: '林晓' },
    approvals: [],
    hold: null,
    startsAt: null,
    startedAt: noticeTime,
    endedAt: null,
    remark: '',
    kind: 'routine',
    title: '停电通知',
    content: {
      body: { kind: 'text', text: '明天停电' },
      template: { templateId: 'template-1', values: { thing1: '明天停电' } },
      subscription: { templateId: 'subscription-1', values: { thing1: '明天停电' } },
    },
    audience: { kind: 'everyone' },
    channels: ['template'],
    sendAt: null,
    training: false,
    ...overrides,
  };
}

/** A row that waits for a template message, unless told otherwise. */
export function buildDelivery(overrides: Partial<Delivery> = {}): Delivery {
  const { row = 0 } = overrides;
  return {
    accountId: 'pingan-meizhou',
    noticeId: 'n1',
    preparation: 1,
    row,
    openid: openidOf(row),
    state: 'waiting',
    open: ['template'],
    passed: [],
    channel: 'template',
    attempts: 0,
    dueAt: noticeTime,
    updatedAt: noticeTime,
    ...overrides,
  };
}

export function buildDeliveries(count: number, overrides: Partial<Delivery> = {}): Delivery[] {
  return Array.from({ length: count }, (_, row) => buildDelivery({ row, ...overrides }));
}

export function openidOf(row: number): string {
  return `o${String(row).padStart(27, '0')}`;
}
