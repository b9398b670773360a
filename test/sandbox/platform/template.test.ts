import { describe, expect, it } from '@jest/globals';
import { appointmentKeywords } from '../../../src/core/notice-template.js';
import { FakeWebhook, hour, minute, testAccount, testPlatform, type TestPlatform } from '../fixture.js';

const templateId = 'template-appointment';
const data = {
  thing1: { value: '身份证' },
  thing2: { value: '示例办证大厅' },
  time3: { value: '2026年3月3日 09:00' },
  thing4: { value: '明天见' },
};

function openPlatform(webhookUrl = 'http://127.0.0.1:9/wechat'): TestPlatform {
  const account = {
    ...testAccount(),
    templates: { appointment: { id: templateId, keywords: appointmentKeywords } },
  };
  return testPlatform({ accounts: [{ account, name: '平安梅州' }], webhookUrl: () => webhookUrl });
}

function send(platform: TestPlatform, overrides: Record<string, unknown> = {}) {
  const { openid: touser } = platform.citizen;
  return platform.call('POST', '/cgi-bin/message/template/send', {
    touser,
    template_id: templateId,
    data,
    ...overrides,
  });
}

function cards({ citizen }: TestPlatform): number {
  return citizen.chat.filter(({ content }) => content.kind === 'template').length;
}

describe('a template message', () => {
  it('reaches a follower who has written nothing for days, as a card', async () => {
    const platform = openPlatform();
    platform.clock.advance(100 * hour);
    expect(send(platform, { url: 'https://example.gov.cn/1' }).errcode).toBe(0);
    expect(platform.citizen.chat.at(-1)).toMatchObject({
      from: 'account',
      via: 'template',
      content: {
        kind: 'template',
        title: '预约通知',
        url: 'https://example.gov.cn/1',
        fields: [
          { name: '办理事项', value: '身份证' },
          { name: '办理地点', value: '示例办证大厅' },
          { name: '预约时间', value: '2026年3月3日 09:00' },
          { name: '温馨提示', value: '明天见' },
        ],
      },
    });
    await platform.sandbox.settled();
  });

  it('is reported to the account by the event TEMPLATESENDJOBFINISH, which names the message', async () => {
    const webhook = new FakeWebhook(() => 'success');
    const platform = openPlatform(await webhook.start());
    const { msgid } = send(platform);
    await platform.sandbox.settled();
    await webhook.stop();
    const [hit] = webhook.hits;
    expect(hit?.body).toContain('<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>');
    expect(hit?.body).toContain(`<MsgID>${String(msgid)}</MsgID>`);
    expect(hit?.body).toContain('<Status><![CDATA[success]]></Status>');
  });

  it('is sent once when its client_msg_id comes again within ten minutes, and again after them', async () => {
    const platform = openPlatform();
    const first = send(platform, { client_msg_id: 'n1' });
    platform.clock.advance(10 * minute - 1);
    expect(send(platform, { client_msg_id: 'n1' })).toEqual(first);
    expect(cards(platform)).toBe(1);
    platform.clock.advance(1);
    expect(send(platform, { client_msg_id: 'n1' }).errcode).toBe(0);
    expect(cards(platform)).toBe(2);
    await platform.sandbox.settled();
  });

  it.each([
    ['an unknown openid', { touser: 'oNobody' }, 40003],
    ['an unknown template', { template_id: 'template-of-others' }, 40037],
    ['a missing keyword', { data: { ...data, thing1: undefined } }, 47003],
    ['21 characters for a thing', { data: { ...data, thing4: { value: '字'.repeat(21) } } }, 47003],
    ['a time that is none', { data: { ...data, time3: { value: '明天上午' } } }, 47003],
    ['no data', { data: undefined }, 47001],
  ])('is refused for %s', (_what, overrides, errcode) => {
    const platform = openPlatform();
    expect(send(platform, overrides).errcode).toBe(errcode);
    expect(cards(platform)).toBe(0);
  });

  it('is refused with 43004 for a citizen who follows no longer', () => {
    const platform = openPlatform();
    platform.citizen.following = false;
    expect(send(platform).errcode).toBe(43004);
  });

  it('is refused with 45009 once the day’s 100,000 are used up', () => {
    const platform = openPlatform();
    const { accountId } = platform.account.account;
    const path = '/cgi-bin/message/template/send';
    platform.sandbox.api.quotas.use(accountId, path, platform.clock.now(), 100_000);
    expect(send(platform).errcode).toBe(45009);
  });
});
