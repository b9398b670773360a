import { describe, expect, it } from '@jest/globals';
import type { RecipientFacts } from '../../../../src/features/audience/audience-reader.js';
import type { ChannelPlan } from '../../../../src/features/notices/channel-planner.js';
import { NoticeForecaster } from '../../../../src/features/notices/desk/notice-forecaster.js';
import type { Notice } from '../../../../src/features/notices/notice.js';
import { buildPending, buildPlan, noticeAccount } from '../../../support/notice-builders.js';

const plan = buildPlan({
  channels: ['customer_service', 'template'],
  content: {
    body: { kind: 'text', text: '{{姓名}}您好' },
    template: { templateId: 'tpl', values: { thing1: '{{姓名}}' } },
  },
});
const template = {
  id: 'tpl',
  title: '提醒',
  fields: [{ keyword: 'thing1', name: '姓名' }],
  example: '',
};

function open(people: [RecipientFacts, ChannelPlan][], ended: Notice[] = []) {
  return new NoticeForecaster({
    survey: { survey: async () => ({ findings: [], recipients: 100, cost: [], placeholders: [] }) },
    recipients: { list: async () => people.map(([facts]) => facts) },
    planner: { plan: async () => people.map(([, channels]) => channels) },
    templates: { list: async () => [template] },
    notices: { list: async () => ended },
  });
}

const facts = (values: Record<string, string> = { 姓名: '张三' }): RecipientFacts => ({
  openid: 'oABCDEFGHIJKLMNOPQRSTUVWXYZ1',
  subscribed: true,
  unreachable: undefined,
  values,
});

describe('the samples of a plan', () => {
  it('read as the recipients would read them, without the openid', async () => {
    const forecaster = open([
      [facts(), { open: ['customer_service', 'template'], passed: [] }],
      [facts(), { open: ['template'], passed: [{ channel: 'customer_service', reason: 'no_window' }] }],
      [facts(), { open: [], passed: [{ channel: 'customer_service', reason: 'not_following' }] }],
    ]);
    const nothing = {
      citizen: '…UVWXYZ1'.slice(0, 1) + 'VWXYZ1',
      channel: null,
      reason: null,
      body: null,
      card: null,
    };
    expect((await forecaster.forecast(noticeAccount, plan)).samples).toEqual([
      { ...nothing, channel: 'customer_service', body: { kind: 'text', text: '张三您好' } },
      {
        ...nothing,
        channel: 'template',
        card: { title: '提醒', fields: [{ name: '姓名', value: '张三' }], url: null },
      },
      { ...nothing, reason: 'not_following' },
    ]);
  });

  it('say what keeps a text from being written', async () => {
    const forecaster = open([
      [facts({}), { open: ['customer_service'], passed: [] }],
      [facts({ 姓名: '长'.repeat(21) }), { open: ['template'], passed: [] }],
    ]);
    expect((await forecaster.forecast(noticeAccount, plan)).samples).toMatchObject([
      { channel: null, reason: 'missing_value:姓名' },
      { channel: null, reason: 'bad_value:thing1' },
    ]);
  });
});

describe('the duration of a plan', () => {
  it('is taken from the last notice by the same channel', async () => {
    const last = buildPending({
      state: 'finished',
      channels: ['customer_service'],
      size: { recipients: 50, byChannel: {}, skipped: {} },
      startedAt: new Date('2026-11-22T00:00:00Z'),
      endedAt: new Date('2026-11-22T00:00:10Z'),
    });
    const rehearsal = { ...last, training: true, endedAt: new Date('2026-11-22T00:00:01Z') };
    expect(await open([], [rehearsal, last]).forecast(noticeAccount, plan)).toMatchObject({ seconds: 20 });
    expect(await open([], [rehearsal]).forecast(noticeAccount, plan)).toMatchObject({ seconds: null });
  });
});
