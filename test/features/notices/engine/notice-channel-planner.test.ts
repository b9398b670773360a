import { describe, expect, it } from '@jest/globals';
import { NoticeChannelPlanner } from '../../../../src/features/notices/engine/notice-channel-planner.js';
import type { NoticeChannel } from '../../../../src/features/notices/notice.js';
import { buildSendingNotice, noticeTime } from '../../../support/delivery-builders.js';

const clock = { now: () => noticeTime.getTime() };
const planner = new NoticeChannelPlanner({
  clock,
  windows: { listOpen: async () => new Set(['in-window']) },
  consents: { listFree: async (_, openids) => new Set(openids.filter((openid) => openid === 'agreed')) },
  subscriptions: { isLongTerm: async () => false },
  massCalls: { countOf: async (_, month) => new Map([['told-often', month === '2026-04' ? 4 : 0]]) },
});
const channels: NoticeChannel[] = ['customer_service', 'subscription', 'template', 'mass'];

async function planFor(openid: string, facts: { subscribed?: boolean; unreachable?: string } = {}) {
  const { subscribed = true, unreachable } = facts;
  const recipient = { openid, subscribed, unreachable, values: {} };
  return (await planner.plan(buildSendingNotice({ channels }), [recipient]))[0]!;
}

describe('the channels of a recipient', () => {
  it('are those that are open, in the order of the notice, with the reasons of the others', async () => {
    expect(await planFor('somebody')).toEqual({
      open: ['template', 'mass'],
      passed: [
        { channel: 'customer_service', reason: 'no_window' },
        { channel: 'subscription', reason: 'no_consent' },
      ],
    });
    expect((await planFor('in-window')).open[0]).toBe('customer_service');
    expect((await planFor('agreed')).open[0]).toBe('subscription');
  });

  it('do not include a fifth mass message in a month', async () => {
    expect(await planFor('told-often')).toMatchObject({
      open: ['template'],
      passed: expect.arrayContaining([{ channel: 'mass', reason: 'mass_quota' }]),
    });
  });

  it('are subscriptions only for those who do not follow', async () => {
    expect(await planFor('agreed', { subscribed: false })).toMatchObject({ open: ['subscription'] });
    expect((await planFor('somebody', { subscribed: false })).open).toEqual([]);
  });

  it('are none for those who cannot be reached', async () => {
    const { open, passed } = await planFor('agreed', { unreachable: 'receiver_permanent:48002' });
    expect(open).toEqual([]);
    expect(passed).toEqual(
      channels.map((channel) => ({ channel, reason: 'unreachable:receiver_permanent:48002' })),
    );
  });

  it('do not include those for which the notice says nothing', async () => {
    const content = { template: { templateId: 't', values: {} } };
    const recipient = { openid: 'in-window', subscribed: true, unreachable: undefined, values: {} };
    const [plan] = await planner.plan(buildSendingNotice({ channels, content }), [recipient]);
    expect(plan?.open).toEqual(['template']);
  });

  it('do not include those whose text has no value for the recipient, or one that does not fit', async () => {
    const content = {
      body: { kind: 'text' as const, text: '{{姓名}}您好' },
      template: { templateId: 't', values: { phrase1: '{{结果}}' } },
    };
    const recipient = { openid: 'in-window', subscribed: true, unreachable: undefined };
    const planOf = async (values: Record<string, string>) => {
      const notice = buildSendingNotice({ channels: ['customer_service', 'template'], content });
      return (await planner.plan(notice, [{ ...recipient, values }]))[0];
    };
    expect((await planOf({ 姓名: '张三', 结果: '已办好' }))?.open).toEqual(['customer_service', 'template']);
    expect(await planOf({ 结果: '没有办好，请再来' })).toEqual({
      open: [],
      passed: [
        { channel: 'customer_service', reason: 'missing_value:姓名' },
        { channel: 'template', reason: 'bad_value:phrase1' },
      ],
    });
  });
});
