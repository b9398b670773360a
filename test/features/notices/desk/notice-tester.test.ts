import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../../../../src/features/audit/audit-trail.js';
import { NoticeTester, type NoticeTest } from '../../../../src/features/notices/desk/notice-tester.js';
import { buildActor } from '../../../support/audit-builders.js';
import { AuditStoreFake } from '../../../support/fakes/audit-store-fake.js';
import { NoticePlatformFake } from '../../../support/fakes/notice-platform-fake.js';
import { TransactionRunnerFake } from '../../../support/fakes/transaction-runner-fake.js';
import { buildPlan, noticeAccount } from '../../../support/notice-builders.js';

const openid = 'oABCDEFGHIJKLMNOPQRSTUVWXYZ1';
let platform: NoticePlatformFake;
let trail: AuditStoreFake;
let tester: NoticeTester;

beforeEach(() => {
  platform = new NoticePlatformFake();
  trail = new AuditStoreFake();
  tester = new NoticeTester({
    audience: {
      findMany: async () => [
        { openid, subscribed: true, unreachable: undefined, values: { 区县: '梅江区' } },
      ],
    },
    pictures: { read: async () => null },
    platform,
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: trail, clock: { now: () => 0 } }),
    newId: () => 'id-1',
  });
});

const request = (overrides: Partial<NoticeTest> = {}): NoticeTest => ({
  accountId: noticeAccount,
  actor: buildActor(),
  plan: buildPlan({
    content: {
      body: { kind: 'text', text: '{{区县}}的{{姓名}}您好' },
      template: { templateId: 'tpl', values: { thing1: '{{区县}}', time2: '{{时间}}' } },
    },
  }),
  openid,
  channel: 'customer_service',
  ...overrides,
});

describe('a test to one phone', () => {
  it('is one real message, on record, with examples for what is not known of its reader', async () => {
    expect(await tester.test(request())).toEqual({ outcome: 'accepted', reason: null });
    expect(platform.sent).toEqual([
      {
        openid,
        message: { channel: 'customer_service', medium: { kind: 'text', text: '梅江区的〔姓名〕您好' } },
      },
    ]);
    expect(trail.events).toMatchObject([
      { action: 'notice.test', object: { kind: 'citizen', id: '…VWXYZ1' } },
    ]);
  });

  it('fills the fields of a template with what they take', async () => {
    await tester.test(request({ channel: 'template' }));
    expect(platform.sent).toMatchObject([
      {
        message: {
          template: { data: { thing1: '梅江区', time2: '2026年10月1日 15:01' } },
          clientMsgId: 't-id-1',
        },
      },
    ]);
  });

  it('sends nothing in a training', async () => {
    const { plan } = request();
    expect(await tester.test(request({ plan: { ...plan, training: true } }))).toEqual({
      outcome: 'rehearsed',
      reason: null,
    });
    expect(platform.sent).toEqual([]);
  });

  it('tells why it was refused', async () => {
    platform.answer = () => ({ kind: 'fall_back', reason: 'receiver_window:45015' });
    expect(await tester.test(request())).toEqual({ outcome: 'refused', reason: 'receiver_window:45015' });
    expect(await tester.test(request({ channel: 'subscription' }))).toEqual({
      outcome: 'refused',
      reason: 'no_content',
    });
  });

  it('cannot go by mass', async () => {
    await expect(tester.test(request({ channel: 'mass' }))).rejects.toMatchObject({
      code: 'channel_untestable',
    });
  });
});
