import { describe, expect, it } from '@jest/globals';
import type { CitizenAction } from '../../../src/api-types/sandbox.js';
import { FakeWebhook, hour, testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

const once = 'sandbox-progress-notice';
const longTerm = 'sandbox-public-safety-notice';
const data: Record<string, Record<string, { value: string }>> = {
  [once]: {
    thing1: { value: '港澳通行证签注' },
    phrase2: { value: '已办结' },
    time3: { value: '2026年3月2日 10:00' },
  },
  [longTerm]: {
    thing1: { value: '江滨路临时封闭' },
    thing2: { value: '梅江区江滨路' },
    time3: { value: '2026年3月2日 10:00' },
  },
};

function send(platform: TestPlatform, id: string, overrides: Record<string, unknown> = {}): PlatformAnswer {
  return platform.call('POST', '/cgi-bin/message/subscribe/bizsend', {
    touser: platform.citizen.openid,
    template_id: id,
    data: data[id],
    ...overrides,
  });
}

function act(platform: TestPlatform, action: CitizenAction): void {
  platform.sandbox.actions.perform(platform.account, platform.citizen, action);
}

function consent(platform: TestPlatform, ...templateIds: string[]): void {
  const answers = templateIds.map((templateId) => ({ templateId, accept: true }));
  act(platform, { action: 'subscribe', answers });
}

/** With a webhook that keeps what arrives, in the order of arrival. */
async function heard(work: (platform: TestPlatform) => void): Promise<string[]> {
  const webhook = new FakeWebhook(() => 'success');
  const url = await webhook.start();
  const platform = testPlatform({ webhookUrl: () => url });
  work(platform);
  await platform.sandbox.settled();
  await webhook.stop();
  return webhook.hits.map(({ body }) => body);
}

describe('a subscription notification', () => {
  it('needs a consent: 43101', () => {
    expect(send(testPlatform(), once).errcode).toBe(43101);
  });

  it('of a one-time template is sent once for each consent, however late', () => {
    const platform = testPlatform();
    consent(platform, once);
    consent(platform, once);
    platform.clock.advance(1000 * hour);
    expect([1, 2, 3].map(() => send(platform, once).errcode)).toEqual([0, 0, 43101]);
    expect(platform.citizen.received.subscription).toBe(2);
  });

  it('of a long-term template is sent again and again after one consent', () => {
    const platform = testPlatform();
    consent(platform, longTerm);
    expect([1, 2, 3].map(() => send(platform, longTerm).errcode)).toEqual([0, 0, 0]);
  });

  it.each([once, longTerm])('of %s is refused with 43101 after the consent was withdrawn', (id) => {
    const platform = testPlatform();
    consent(platform, id, id);
    act(platform, { action: 'withdraw', templateId: id });
    expect(send(platform, id).errcode).toBe(43101);
  });

  it('uses no consent of another template, nor one that was refused', () => {
    const platform = testPlatform();
    const answers = [
      { templateId: once, accept: false },
      { templateId: longTerm, accept: true },
    ];
    act(platform, { action: 'subscribe', answers });
    expect(send(platform, once).errcode).toBe(43101);
  });

  it('is shown as a card with its page', () => {
    const platform = testPlatform();
    consent(platform, once);
    expect(send(platform, once, { page: 'https://example.gov.cn/1' }).errcode).toBe(0);
    expect(platform.citizen.chat.at(-1)).toMatchObject({
      via: 'subscription',
      content: { kind: 'template', title: '办理进度通知', url: 'https://example.gov.cn/1' },
    });
  });

  it('reaches somebody who does not follow', () => {
    const platform = testPlatform();
    consent(platform, once);
    platform.citizen.following = false;
    expect(send(platform, once).errcode).toBe(0);
  });

  it.each([
    ['a stranger', 40003, { touser: 'oNobody' }],
    ['an unknown template', 40037, { template_id: 'sandbox-service-reminder' }],
    ['a field that does not fit', 47003, { data: { ...data[once], phrase2: { value: 'done' } } }],
  ])('is refused for %s with %i, and uses no consent', (_what, errcode, overrides) => {
    const platform = testPlatform();
    consent(platform, once);
    expect(send(platform, once, overrides).errcode).toBe(errcode);
    expect(send(platform, once).errcode).toBe(0);
  });

  it('is refused with 43019 for somebody on the blacklist', () => {
    const platform = testPlatform();
    consent(platform, once);
    platform.citizen.blacklisted = true;
    expect(send(platform, once).errcode).toBe(43019);
  });

  it('is not recognised when it comes again', () => {
    const platform = testPlatform();
    consent(platform, longTerm);
    const [one, two] = [send(platform, longTerm), send(platform, longTerm)];
    expect(one.msgid).not.toEqual(two.msgid);
    expect(platform.citizen.received.subscription).toBe(2);
  });

  it('is reported by the event subscribe_msg_sent_event, which names the message', async () => {
    let messageId = '';
    const [, report] = await heard((platform) => {
      consent(platform, once);
      messageId = String(send(platform, once).msgid);
    });
    expect(report).toContain('<Event><![CDATA[subscribe_msg_sent_event]]></Event>');
    expect(report).toContain(
      `<SubscribeMsgSentEvent><List><TemplateId><![CDATA[${once}]]></TemplateId><MsgID>${messageId}</MsgID>` +
        '<ErrorCode>0</ErrorCode><ErrorStatus><![CDATA[success]]></ErrorStatus></List></SubscribeMsgSentEvent>',
    );
  });
});

describe('what a citizen says to subscriptions', () => {
  it('in the popup is told template by template', async () => {
    const answers = [
      { templateId: once, accept: true },
      { templateId: longTerm, accept: false },
    ];
    const [event] = await heard((platform) => act(platform, { action: 'subscribe', answers }));
    expect(event).toContain('<Event><![CDATA[subscribe_msg_popup_event]]></Event>');
    expect(event).toContain(
      `<List><TemplateId><![CDATA[${once}]]></TemplateId>` +
        '<SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString><PopupScene>1</PopupScene></List>' +
        `<List><TemplateId><![CDATA[${longTerm}]]></TemplateId>` +
        '<SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString><PopupScene>1</PopupScene></List>',
    );
  });

  it('in the profile is told when it is a refusal', async () => {
    const [event] = await heard((platform) => act(platform, { action: 'withdraw', templateId: longTerm }));
    expect(event).toContain('<Event><![CDATA[subscribe_msg_change_event]]></Event>');
    expect(event).toContain(
      `<SubscribeMsgChangeEvent><List><TemplateId><![CDATA[${longTerm}]]></TemplateId>` +
        '<SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgChangeEvent>',
    );
  });

  it('must be about templates of the account', () => {
    const platform = testPlatform();
    expect(() => act(platform, { action: 'withdraw', templateId: 'none' })).toThrow('没有这个订阅模板');
  });
});

describe('the templates for subscription notifications', () => {
  const list = (platform: TestPlatform) =>
    platform.call('GET', '/wxaapi/newtmpl/gettemplate').data as unknown as Record<string, unknown>[];
  const add = (platform: TestPlatform, body: Record<string, unknown> = {}) =>
    platform.call('POST', '/wxaapi/newtmpl/addtemplate', { tid: 'progress-notice', ...body });

  it('are listed with their kind: 2 one-time, 3 long-term', () => {
    expect(list(testPlatform())).toMatchObject([
      { priTmplId: once, title: '办理进度通知', type: 2 },
      {
        priTmplId: longTerm,
        title: '公共安全提示',
        type: 3,
        content: '提示内容：{{thing1.DATA}}\n地点：{{thing2.DATA}}\n时间：{{time3.DATA}}\n',
      },
    ]);
  });

  it('are added with the fields counted, and deleted', () => {
    const platform = testPlatform();
    const { priTmplId } = add(platform, { kidList: [1, 3] });
    expect(list(platform).at(-1)).toMatchObject({
      priTmplId,
      content: '办理事项：{{thing1.DATA}}\n更新时间：{{time3.DATA}}\n',
    });
    const remove = () => platform.call('POST', '/wxaapi/newtmpl/deltemplate', { priTmplId }).errcode;
    expect([remove(), remove()]).toEqual([0, 40037]);
    expect(list(platform)).toHaveLength(2);
  });

  it('are 25 at most, 200012, and from the library, 200014', () => {
    const platform = testPlatform();
    for (let added = 2; added < 25; added += 1) expect(add(platform).errcode).toBe(0);
    expect(add(platform).errcode).toBe(200012);
    expect(add(platform, { tid: 'none' }).errcode).toBe(200014);
  });
});
