import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { NoticeSending, OutboundChannel, OutboundNotice } from '../../../src/core/outbound-messenger.js';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { WechatMessenger } from '../../../src/wechat/client/wechat-messenger.js';
import {
  account,
  answerSend,
  apiBase,
  createPlatform,
  giveToken,
  openid,
  serveSilentPlatform,
  useNock,
  type Platform,
} from './platform-fixture.js';

const token = 'token-secret-1';
const notice: OutboundNotice = {
  reply: { kind: 'text', text: '明天见' },
  template: { templateId: 't1', data: { thing1: '身份证' } },
  clientMsgId: 'n1',
};
const customer = 'customer_service' as const;

useNock();
let platform: Platform;
let messenger: WechatMessenger;
/** The channels of which the messenger said that it is about to ask. */
let asked: OutboundChannel[];
beforeEach(() => {
  platform = createPlatform();
  messenger = openMessenger();
  asked = [];
});

describe('a notice', () => {
  it('is a customer-service message while the window is open', async () => {
    giveToken(token);
    answerSend(token, 0);
    expect(await send()).toEqual({ channel: customer, outcome: { status: 'sent' } });
    expect(asked).toEqual([customer]);
  });

  it.each([45015, 45047])('is a template message after %d', async (errcode) => {
    giveToken(token);
    answerSend(token, errcode);
    const body = {
      touser: openid,
      template_id: 't1',
      client_msg_id: 'n1',
      data: { thing1: { value: '身份证' } },
    };
    answerTemplate(0, body);
    expect(await send()).toEqual({ channel: 'template', outcome: { status: 'sent', messageId: '1' } });
    expect(asked).toEqual([customer, 'template']);
  });

  it('is refused, and says why, outside the window of an account without a template', async () => {
    giveToken(token);
    answerSend(token, 45015);
    expect(await send({ template: null })).toEqual({
      channel: 'template',
      outcome: { status: 'refused', reason: 'no_template' },
    });
    expect(asked).toEqual([customer]);
  });

  it.each([43004, 45002, 40003])('does not become a template message after %d', async (errcode) => {
    giveToken(token);
    answerSend(token, errcode);
    expect(await send()).toMatchObject({ channel: customer, outcome: { status: 'refused' } });
  });

  it('goes straight to the template when told so', async () => {
    giveToken(token);
    answerTemplate(0);
    expect(await send({}, { only: 'template' })).toMatchObject({ channel: 'template' });
    expect(asked).toEqual(['template']);
  });

  it('is not asked for when it could not be put on record', async () => {
    expect(await send({}, { beforeCall: async () => false })).toBeNull();
  });
});

describe('a template message that the platform does not take', () => {
  beforeEach(() => {
    giveToken(token);
  });

  it.each([
    [43004, 'refused', 'receiver_permanent:43004'],
    [40037, 'refused', 'content:40037'],
    [47003, 'refused', 'content:47003'],
    [45009, 'retry', 'quota:45009'],
  ])('%d: %s', async (errcode, status, reason) => {
    answerTemplate(errcode);
    expect(await send({}, { only: 'template' })).toMatchObject({ outcome: { status, reason } });
  });

  it('is asked for again at once after -1, with the same id', async () => {
    answerTemplate(-1);
    answerTemplate(0, /"client_msg_id":"n1"/);
    expect(await send({}, { only: 'template' })).toMatchObject({ outcome: { status: 'sent' } });
  });
});

describe('a call that breaks off half-way', () => {
  it('is asked for again when it was a template message, which the platform recognises', async () => {
    giveToken(token);
    nock(apiBase).post('/cgi-bin/message/template/send').query(true).reply(200, 'cut');
    answerTemplate(0);
    expect(await send({}, { only: 'template' })).toMatchObject({ outcome: { status: 'sent' } });
  });

  it('is unknown when it was a customer-service message, and no template message follows', async () => {
    const transport = new HttpTransport({ responseTimeoutMs: 250 });
    messenger = openMessenger({ transport, apiBase: await serveSilentPlatform(token) });
    expect(await send()).toEqual({
      channel: customer,
      outcome: { status: 'unknown', reason: 'platform_timeout' },
    });
  });
});

function openMessenger(options: Parameters<Platform['addNode']>[0] = {}): WechatMessenger {
  const { client } = platform.addNode(options);
  return new WechatMessenger(() => client, platform.clock);
}

function send(overrides: Partial<OutboundNotice> = {}, sending: Partial<NoticeSending> = {}) {
  return messenger.sendNotice(
    account.accountId,
    openid,
    { ...notice, ...overrides },
    {
      async beforeCall(channel) {
        asked.push(channel);
        return true;
      },
      ...sending,
    },
  );
}

function answerTemplate(errcode: number, body?: nock.RequestBodyMatcher): void {
  nock(apiBase)
    .post('/cgi-bin/message/template/send', body)
    .query({ access_token: token })
    .reply(200, { errcode, errmsg: 'message rid: 6650-1', msgid: 1 });
}
