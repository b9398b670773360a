import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { Reply } from '../../../src/core/messages.js';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { WechatMessenger } from '../../../src/wechat/client/wechat-messenger.js';
import {
  account,
  answerSend,
  apiBase,
  createPlatform,
  giveToken,
  openid,
  refuseToken,
  serveSilentPlatform,
  useNock,
  type Platform,
} from './platform-fixture.js';

const token = 'token-secret-1';
const sendPath = '/cgi-bin/message/custom/send';
const hello: Reply = { kind: 'text', text: '您好' };
const article = { title: '居住证', description: '怎么办', url: 'https://example.gov.cn/1' };

useNock();
let platform: Platform;
let messenger: WechatMessenger;
beforeEach(() => {
  platform = createPlatform();
  messenger = openMessenger();
});

describe('a reply that the platform takes', () => {
  it.each<[Reply, object]>([
    [hello, { msgtype: 'text', text: { content: '您好' } }],
    [
      { kind: 'image', mediaId: 'm1' },
      { msgtype: 'image', image: { media_id: 'm1' } },
    ],
    [
      { kind: 'voice', mediaId: 'm2' },
      { msgtype: 'voice', voice: { media_id: 'm2' } },
    ],
    [
      { kind: 'video', mediaId: 'm3', title: '防诈', description: '一分钟' },
      { msgtype: 'video', video: { media_id: 'm3', title: '防诈', description: '一分钟' } },
    ],
    [
      { kind: 'music', title: '歌', description: '', url: 'https://a.cn/1.mp3', thumbMediaId: 't' },
      {
        msgtype: 'music',
        music: {
          title: '歌',
          description: '',
          musicurl: 'https://a.cn/1.mp3',
          hqmusicurl: 'https://a.cn/1.mp3',
          thumb_media_id: 't',
        },
      },
    ],
    [
      { kind: 'articles', articles: [{ ...article, pictureUrl: 'https://a.cn/p.jpg' }] },
      { msgtype: 'news', news: { articles: [{ ...article, picurl: 'https://a.cn/p.jpg' }] } },
    ],
  ])('is sent: %j', async (reply, message) => {
    giveToken(token);
    nock(apiBase)
      .post(sendPath, { touser: openid, ...message })
      .query({ access_token: token })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    expect(await messenger.send(account.accountId, openid, reply)).toEqual({ status: 'sent' });
  });
});

describe('a reply that no customer-service message can be', () => {
  it.each<[string, Reply]>([
    ['a hand-over', { kind: 'transfer' }],
    ['no article', { kind: 'articles', articles: [] }],
    ['two articles', { kind: 'articles', articles: [article, article] }],
  ])('is refused without a request: %s', async (_what, reply) => {
    expect(await messenger.send(account.accountId, openid, reply)).toEqual({
      status: 'refused',
      reason: 'not_sendable',
    });
  });

  it('is refused for an account that is not ours', async () => {
    expect(await messenger.send('another', openid, hello)).toEqual({
      status: 'refused',
      reason: 'unknown_account',
    });
  });
});

describe('the outcome of what the platform answers', () => {
  beforeEach(() => {
    giveToken(token);
  });

  it.each([
    [45015, 'receiver_window:45015'],
    [45047, 'receiver_window:45047'],
    [40003, 'receiver_permanent:40003'],
    [43004, 'receiver_permanent:43004'],
    [45002, 'content:45002'],
    [45008, 'content:45008'],
    [45103, 'gone:45103'],
    [99999, 'unknown:99999'],
  ])('%d: refused, and why', async (errcode, reason) => {
    answerSend(token, errcode);
    expect(await send()).toEqual({ status: 'refused', reason });
  });

  it.each([
    [45011, 'transient:45011', 60_000],
    [40164, 'configuration:40164', 600_000],
    [48004, 'account:48004', 600_000],
  ])('%d: again later', async (errcode, reason, retryAfterMs) => {
    answerSend(token, errcode);
    expect(await send()).toEqual({ status: 'retry', reason, retryAfterMs });
  });

  it('-1, four times: again later', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) answerSend(token, -1);
    expect(await send()).toEqual({ status: 'retry', reason: 'transient:-1', retryAfterMs: 10_000 });
  });

  it('40001, twice: again later', async () => {
    answerSend(token, 40001);
    giveToken('token-secret-2');
    answerSend('token-secret-2', 40001);
    expect(await send()).toEqual({ status: 'retry', reason: 'token:40001', retryAfterMs: 60_000 });
  });

  it('45009, the day’s quota: again when the next day begins in China', async () => {
    platform.clock.time = Date.UTC(2026, 4, 1, 15, 30);
    answerSend(token, 45009);
    expect(await send()).toEqual({ status: 'retry', reason: 'quota:45009', retryAfterMs: 30 * 60_000 });
  });
});

describe('the outcome of a call that failed', () => {
  it('is unknown when the answer did not come in time', async () => {
    const transport = new HttpTransport({ responseTimeoutMs: 250 });
    messenger = openMessenger({ transport, apiBase: await serveSilentPlatform(token) });
    expect(await send()).toEqual({ status: 'unknown', reason: 'platform_timeout' });
  });

  it('is unknown when the answer says nothing', async () => {
    giveToken(token);
    nock(apiBase).post(sendPath).query(true).reply(200, 'ok');
    expect(await send()).toEqual({ status: 'unknown', reason: 'platform_bad_answer' });
  });

  it('is “again later” when no request for a token came through, because the message was not sent', async () => {
    nock(apiBase).post('/cgi-bin/stable_token').times(4).reply(502);
    expect(await send()).toEqual({ status: 'retry', reason: 'platform_http_status', retryAfterMs: 10_000 });
  });

  it('is “again later” when the platform gives no token', async () => {
    refuseToken(40125);
    expect(await send()).toEqual({ status: 'retry', reason: 'configuration:40125', retryAfterMs: 600_000 });
  });
});

function openMessenger(options: Parameters<Platform['addNode']>[0] = {}): WechatMessenger {
  const { client } = platform.addNode(options);
  return new WechatMessenger(
    (accountId) => (accountId === account.accountId ? client : undefined),
    platform.clock,
  );
}

function send() {
  return messenger.send(account.accountId, openid, hello);
}
