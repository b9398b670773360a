import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { PersonalMessage } from '../../../src/features/notices/notice-platform-port.js';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { WechatNoticePlatform } from '../../../src/wechat/client/wechat-notice-platform.js';
import {
  account,
  apiBase,
  createPlatform,
  failureOf,
  giveForcedToken,
  giveToken,
  openid,
  refuseToken,
  serveSilentPlatform,
  useNock,
  type Platform,
} from './platform-fixture.js';

const { accountId } = account;
const token = 'token-secret-1';
const template = {
  templateId: 't1',
  data: { thing1: '停水通知', time2: '2026-05-02 08:00' },
  url: 'https://example.gov.cn/1',
};
const messages = {
  customer_service: { channel: 'customer_service', medium: { kind: 'text', text: '明天停水' } },
  subscription: { channel: 'subscription', template },
  template: { channel: 'template', template, clientMsgId: 'n1_r1' },
} as const satisfies Record<string, PersonalMessage>;
const paths = {
  customer_service: '/cgi-bin/message/custom/send',
  subscription: '/cgi-bin/message/subscribe/bizsend',
  template: '/cgi-bin/message/template/send',
  mass: '/cgi-bin/message/mass/send',
};
const massCall = {
  openids: [openid, 'oCitizen0000000000000000002'],
  medium: { kind: 'text', text: '台风红色预警' },
  clientMsgId: 'n1_m1',
} as const;
const data = { thing1: { value: '停水通知' }, time2: { value: '2026-05-02 08:00' } };
/** The fixture's clock says 08:00 of 1 May 2026 in Shanghai. */
const nextDay = new Date('2026-05-01T16:00:00Z');

useNock();
let platform: Platform;
let notices: WechatNoticePlatform;
beforeEach(() => {
  platform = createPlatform();
  notices = openNotices();
});
afterEach(() => {
  expect(inspect(platform.log, { depth: 10 })).not.toMatch(
    new RegExp(`token-secret|${account.appSecret}|${openid}|停水|台风`),
  );
});

describe('a message to one person', () => {
  beforeEach(() => void giveToken(token));

  it('is a customer-service message, which has no id', async () => {
    answer(
      'customer_service',
      { errcode: 0 },
      { touser: openid, msgtype: 'text', text: { content: '明天停水' } },
    );
    expect(await send('customer_service')).toEqual({ kind: 'accepted', messageId: null });
  });

  it('is a picture in a customer-service message', async () => {
    answer(
      'customer_service',
      { errcode: 0 },
      { touser: openid, msgtype: 'image', image: { media_id: 'm1' } },
    );
    const medium = { kind: 'picture', mediaId: 'm1' } as const;
    expect(await notices.send(accountId, openid, { channel: 'customer_service', medium })).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is a template message, whose id keeps all its digits', async () => {
    const body = { touser: openid, template_id: 't1', url: template.url, client_msg_id: 'n1_r1', data };
    answer('template', '{"errcode":0,"errmsg":"ok","msgid":1700827132819554304}', body);
    expect(await send('template')).toEqual({ kind: 'accepted', messageId: '1700827132819554304' });
  });

  it('is a subscription notification, whose page is a web page', async () => {
    const body = { touser: openid, template_id: 't1', page: template.url, data };
    answer('subscription', { errcode: 0, msgid: 7 }, body);
    expect(await send('subscription')).toEqual({ kind: 'accepted', messageId: '7' });
  });

  it('is accepted also where the platform gives no id', async () => {
    answer('subscription', { errcode: 0 });
    expect(await send('subscription')).toEqual({ kind: 'accepted', messageId: null });
  });
});

describe('a refusal', () => {
  beforeEach(() => void giveToken(token));

  it.each([
    ['a busy platform', 'template', -1, { kind: 'later', reason: 'transient:-1', retryAfterMs: 1_000 }],
    ['too many calls', 'template', 45011, { kind: 'later', reason: 'transient:45011', retryAfterMs: 1_000 }],
    ['a fault of the platform’s', 'template', 50002, { kind: 'later', retryAfterMs: 60_000 }],
    [
      'an address off the whitelist',
      'template',
      40164,
      { kind: 'halt', cause: 'configuration', until: null },
    ],
    ['a banned account', 'template', 48004, { kind: 'halt', cause: 'configuration', until: null }],
    ['an interface that is gone', 'template', 45103, { kind: 'halt', cause: 'configuration', until: null }],
    ['the day’s calls used up', 'template', 45009, { kind: 'halt', cause: 'quota', until: nextDay }],
    ['a person who left', 'template', 43004, { kind: 'unreachable', reason: 'receiver_permanent:43004' }],
    ['a blocked person', 'customer_service', 43019, { kind: 'unreachable' }],
    ['no consent', 'subscription', 43101, { kind: 'fall_back', reason: 'receiver_permanent:43101' }],
    ['no window', 'customer_service', 45015, { kind: 'fall_back', reason: 'receiver_window:45015' }],
    ['a used window', 'customer_service', 45047, { kind: 'fall_back', reason: 'receiver_window:45047' }],
    ['a template withdrawn', 'template', 40037, { kind: 'halt', cause: 'template', until: null }],
    ['a page that is not allowed', 'subscription', 41030, { kind: 'halt', cause: 'template', until: null }],
    ['a text too long', 'customer_service', 45002, { kind: 'refused', reason: 'content:45002' }],
    ['a code nobody knows', 'template', 99999, { kind: 'refused', reason: 'unknown:99999' }],
  ] as const)('for %s (%s, %d) is told after one attempt', async (_what, channel, errcode, outcome) => {
    answer(channel, { errcode, errmsg: 'refused rid: 1' });
    expect(await send(channel)).toMatchObject(outcome);
    expect(platform.pauses).toEqual([]);
  });

  it('for a field names the field', async () => {
    answer('template', { errcode: 47003, errmsg: 'argument invalid! data.thing1.value invalid rid: 1' });
    expect(await send('template')).toEqual({ kind: 'refused', reason: 'content:47003:thing1' });
  });
});

describe('a token that the platform refuses', () => {
  it('is replaced, and the message sent all the same', async () => {
    giveToken(token);
    answer('subscription', { errcode: 42001 });
    giveToken('token-secret-2');
    answer('subscription', { errcode: 0 });
    expect(await send('subscription')).toMatchObject({ kind: 'accepted' });
  });

  it('halts everything for a minute when the new one is refused, too', async () => {
    giveToken(token);
    answer('template', { errcode: 40001 });
    giveToken(token);
    giveForcedToken('token-secret-2');
    answer('template', { errcode: 40001, errmsg: 'invalid token-secret-2' });
    const until = new Date(platform.clock.time + 60_000);
    expect(await send('template')).toEqual({ kind: 'halt', cause: 'token', reason: 'token:40001', until });
  });

  it.each([
    [40125, { cause: 'configuration', reason: 'configuration:40125', until: null }],
    [45009, { cause: 'token', reason: 'quota:45009', until: nextDay }],
    [45011, { cause: 'token', reason: 'transient:45011' }],
  ])('halts everything where none is to be had (%d)', async (errcode, outcome) => {
    refuseToken(errcode);
    expect(await send('template')).toMatchObject({ kind: 'halt', ...outcome });
  });
});

describe('a call without a usable answer', () => {
  it.each(['customer_service', 'subscription', 'template'] as const)(
    'may have been carried out (%s) once it was handed over',
    async (channel) => {
      const transport = new HttpTransport({ responseTimeoutMs: 100 });
      notices = openNotices({ transport, apiBase: await serveSilentPlatform(token) });
      expect(await send(channel)).toEqual({ kind: 'unknown', reason: 'platform_timeout' });
      expect(platform.pauses).toEqual([]);
    },
  );

  it('comes later where it was never handed over', async () => {
    giveToken(token);
    nock(apiBase).post(paths.template).query(true).reply(403);
    expect(await send('template')).toEqual({
      kind: 'later',
      reason: 'platform_http_status',
      retryAfterMs: 10_000,
    });
  });

  it('may have been carried out where the answer is none of the platform’s', async () => {
    giveToken(token);
    answer('mass', '<html>504</html>');
    expect(await notices.sendMass(accountId, massCall)).toEqual({
      kind: 'unknown',
      reason: 'platform_bad_answer',
    });
  });
});

describe('a mass call', () => {
  beforeEach(() => void giveToken(token));

  it('is accepted under an id that keeps all its digits', async () => {
    const body = {
      touser: massCall.openids,
      msgtype: 'text',
      text: { content: '台风红色预警' },
      clientmsgid: 'n1_m1',
    };
    answer('mass', '{"errcode":0,"errmsg":"send job submission success","msg_id":9007199254740993}', body);
    expect(await notices.sendMass(accountId, massCall)).toEqual({
      kind: 'accepted',
      messageId: '9007199254740993',
    });
  });

  it('sends a picture', async () => {
    const body = {
      touser: massCall.openids,
      msgtype: 'image',
      images: { media_ids: ['m1'] },
      clientmsgid: 'n1_m1',
    };
    answer('mass', { errcode: 0, msg_id: 1 }, body);
    const medium = { kind: 'picture', mediaId: 'm1' } as const;
    expect(await notices.sendMass(accountId, { ...massCall, medium })).toMatchObject({ kind: 'accepted' });
  });

  it('that the platform recognises as a repeat is accepted under the first one’s id', async () => {
    answer('mass', { errcode: 45065, errmsg: 'clientmsgid exist', msg_id: 1000001 });
    expect(await notices.sendMass(accountId, massCall)).toEqual({ kind: 'accepted', messageId: '1000001' });
  });

  it.each([
    [45028, { kind: 'halt', cause: 'quota', until: nextDay }],
    [45066, { kind: 'later', reason: 'transient:45066', retryAfterMs: 60_000 }],
    [48003, { kind: 'halt', cause: 'configuration' }],
    [40003, { kind: 'refused', reason: 'receiver_permanent:40003' }],
    [45067, { kind: 'refused', reason: 'content:45067' }],
  ])('is refused as a whole (%d)', async (errcode, outcome) => {
    answer('mass', { errcode });
    expect(await notices.sendMass(accountId, massCall)).toMatchObject(outcome);
  });

  it.each([
    ['SEND_SUCCESS', 'sent'],
    ['SENDING', 'sending'],
    ['SEND_FAIL', 'failed'],
    ['DELETE', 'deleted'],
  ])('can be asked about: %s', async (msg_status, state) => {
    nock(apiBase)
      .post('/cgi-bin/message/mass/get', { msg_id: '9007199254740993' })
      .query({ access_token: token })
      .reply(200, { msg_id: 1, msg_status });
    expect(await notices.readMassState(accountId, '9007199254740993')).toBe(state);
  });
});

describe('a mass call that breaks a limit', () => {
  it.each([
    ['one receiver', { openids: [openid] }],
    ['10,001 receivers', { openids: Array.from({ length: 10_001 }, (_, index) => `o${index}`) }],
    ['an id of 65 bytes', { clientMsgId: 'x'.repeat(65) }],
  ])('is a mistake of the program’s, and not sent: %s', async (_what, change) => {
    await expect(notices.sendMass(accountId, { ...massCall, ...change })).rejects.toThrow(RangeError);
  });
});

describe('the rate', () => {
  const calm = new AbortController().signal;

  it.each([45011, -1])('falls with %d, for this channel only', async (errcode) => {
    giveToken(token);
    answer('template', { errcode: 0 });
    answer('template', { errcode });
    await send('template');
    await send('template');
    platform.pauses.length = 0;
    await notices.admit(accountId, 'subscription', calm);
    await notices.admit(accountId, 'template', calm);
    await notices.admit(accountId, 'template', calm);
    expect(platform.pauses.length).toBeGreaterThan(0);
  });

  it.each([
    ['any other refusal', () => answer('template', { errcode: 43004 })],
    ['the day’s calls used up', () => answer('template', { errcode: 45009 })],
    ['a refused token request', () => (nock.cleanAll(), refuseToken(45011))],
    ['a lost answer', () => nock(apiBase).post(paths.template).query(true).reply(502)],
  ])('does not fall with %s', async (_what, prepare) => {
    giveToken(token);
    prepare();
    await send('template');
    await notices.admit(accountId, 'template', calm);
    await notices.admit(accountId, 'template', calm);
    expect(platform.pauses).toEqual([]);
  });
});

describe('an account that the settings do not name', () => {
  it('halts its notices', async () => {
    const halt = { kind: 'halt', cause: 'configuration', reason: 'unknown_account', until: null };
    expect(await notices.send('other', openid, messages.template)).toEqual(halt);
    expect(await notices.sendMass('other', massCall)).toEqual(halt);
    await expect(notices.listTemplates('other')).rejects.toMatchObject({ code: 'no_platform_account' });
  });
});

describe('what the platform is asked beforehand', () => {
  beforeEach(() => void giveToken(token));

  it('the templates with their fields', async () => {
    const content = '{{first.DATA}}\n事项：{{thing1.DATA}}\n时间：{{time3.DATA}}\n{{remark.DATA}}';
    nock(apiBase)
      .get('/cgi-bin/template/get_all_private_template')
      .query({ access_token: token })
      .reply(200, { template_list: [{ template_id: 't1', title: '提醒', content, example: '事项：换证' }] });
    expect(await notices.listTemplates(accountId)).toEqual([
      {
        id: 't1',
        title: '提醒',
        fields: [
          { keyword: 'first', name: '' },
          { keyword: 'thing1', name: '事项' },
          { keyword: 'time3', name: '时间' },
          { keyword: 'remark', name: '' },
        ],
        example: '事项：换证',
      },
    ]);
  });

  it('the templates of subscription notifications, and for how long a consent to them holds', async () => {
    const content = '事项:{{thing1.DATA}}\n';
    nock(apiBase)
      .get('/wxaapi/newtmpl/gettemplate')
      .query({ access_token: token })
      .reply(200, {
        errcode: 0,
        data: [
          { priTmplId: 's1', title: '一次', content, example: '', type: 2 },
          { priTmplId: 's2', title: '长期', content, type: 3 },
        ],
      });
    const fields = [{ keyword: 'thing1', name: '事项' }];
    expect(await notices.listSubscriptionTemplates(accountId)).toEqual([
      { id: 's1', title: '一次', fields, example: '', isLongTerm: false },
      { id: 's2', title: '长期', fields, example: '', isLongTerm: true },
    ]);
  });

  it.each(['customer_service', 'subscription', 'template', 'mass'] as const)(
    'how many calls are left today: %s',
    async (kind) => {
      nock(apiBase)
        .post('/cgi-bin/openapi/quota/get', { cgi_path: paths[kind] })
        .query({ access_token: token })
        .reply(200, { errcode: 0, quota: { daily_limit: 100, used: 40, remain: 60 } });
      expect(await notices.readQuota(accountId, kind)).toEqual({ dailyLimit: 100, used: 40, remaining: 60 });
    },
  );

  it('to keep a picture', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    nock(apiBase)
      .post('/cgi-bin/media/upload', (body: unknown) => {
        const form = Buffer.from(String(body), 'hex').toString('latin1');
        return (
          form.includes('name="media"; filename="picture.png"\r\nContent-Type: image/png\r\n') &&
          form.includes(bytes.toString('latin1'))
        );
      })
      .matchHeader('content-type', /^multipart\/form-data; boundary=/)
      .matchHeader('content-length', /^\d+$/)
      .query({ access_token: token, type: 'image' })
      .reply(200, { type: 'image', media_id: 'm1', created_at: 1 });
    expect(await notices.uploadPicture(accountId, { bytes, mediaType: 'image/png' })).toBe('m1');
  });
});

describe('a picture that the platform would refuse', () => {
  it.each([
    ['picture_type', Buffer.alloc(1), 'image/webp'],
    ['picture_too_large', Buffer.alloc(10 * 1024 * 1024 + 1), 'image/png'],
  ])('is not sent: %s', async (code, bytes, mediaType) => {
    await expect(notices.uploadPicture(accountId, { bytes, mediaType })).rejects.toMatchObject({ code });
  });
});

describe('an error', () => {
  it('shows neither token nor secret, whatever the platform repeats', async () => {
    giveToken(token);
    nock(apiBase)
      .get('/cgi-bin/template/get_all_private_template')
      .query(true)
      .reply(200, { errcode: 48001, errmsg: `api unauthorized, access_token=${token} rid: 1` });
    const error = await failureOf(notices.listTemplates(accountId));
    expect(error).toMatchObject({ code: 'wechat_configuration', endpoint: 'template_list' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/token-secret|the-secret/);
  });
});

function openNotices(options: Parameters<Platform['addNode']>[0] = {}): WechatNoticePlatform {
  const clients = new Map([[accountId, platform.addNode(options).client]]);
  const { clock } = platform;
  const sleep = async (ms: number) => {
    platform.pauses.push(ms);
    clock.time += ms;
  };
  return new WechatNoticePlatform({ clients, clock, steadyClock: clock, sleep });
}

function send(channel: keyof typeof messages) {
  return notices.send(accountId, openid, messages[channel]);
}

/** The platform answers the next call of the channel. */
function answer(channel: keyof typeof paths, reply: object | string, body?: nock.DataMatcherMap): nock.Scope {
  return nock(apiBase).post(paths[channel], body).query(true).reply(200, reply);
}
