import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import type { WechatClient } from '../../../src/wechat/client/wechat-client.js';
import {
  answerSend,
  apiBase,
  createPlatform,
  failureOf,
  giveToken,
  openid,
  serveSilentPlatform,
  useNock,
  type Platform,
} from './platform-fixture.js';

const text = { msgtype: 'text', text: { content: '您好' } } as const;
const token = 'token-secret-1';
const sendPath = '/cgi-bin/message/custom/send';

useNock();
let platform: Platform;
let client: WechatClient;
beforeEach(() => {
  platform = createPlatform();
  ({ client } = platform.addNode());
  giveToken(token);
});
afterEach(() => {
  expect(inspect(platform.log, { depth: 10 })).not.toMatch(new RegExp(`token-secret|${openid}|您好`));
});

describe('a call', () => {
  it('carries the token and the message', async () => {
    nock(apiBase)
      .post(sendPath, { touser: openid, msgtype: 'text', text: { content: '您好' } })
      .query({ access_token: token })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    await expect(client.sendCustomMessage(openid, text)).resolves.toBeUndefined();
  });

  it('is counted and timed by account, endpoint and outcome', async () => {
    answerSend(token, 0);
    answerSend(token, 45015);
    nock(apiBase).post(sendPath).query(true).reply(502);
    await client.sendCustomMessage(openid, text);
    await failureOf(client.sendCustomMessage(openid, text));
    await failureOf(client.sendCustomMessage(openid, text));
    const metrics = await platform.registry.metrics();
    for (const outcome of ['ok', 'receiver_window', 'platform_http_status']) {
      expect(metrics).toContain(
        `suishen_platform_calls_total{account="pingan-meizhou",endpoint="custom_send",outcome="${outcome}"} 1`,
      );
    }
    expect(metrics).toContain(
      'suishen_platform_call_seconds_count{account="pingan-meizhou",endpoint="custom_send"} 3',
    );
  });
});

describe('a platform that is busy (-1)', () => {
  it('is asked again with growing pauses until it does what was asked', async () => {
    answerSend(token, -1);
    answerSend(token, -1);
    answerSend(token, 0);
    await client.sendCustomMessage(openid, text);
    expect(platform.pauses).toEqual([500, 1000]);
  });

  it('is asked four times and no more', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) answerSend(token, -1);
    await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({ errcode: -1 });
    expect(platform.pauses).toEqual([500, 1000, 2000]);
  });

  it('is not waited for where only a minute’s pause can help', async () => {
    answerSend(token, 45011);
    await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({
      errcode: 45011,
      group: 'transient',
    });
    expect(platform.pauses).toEqual([]);
  });
});

describe('a refused token', () => {
  it.each([40001, 40014, 42001])('(%d) is replaced, and the call repeated', async (errcode) => {
    answerSend(token, errcode);
    giveToken('token-secret-2');
    answerSend('token-secret-2', 0);
    await client.sendCustomMessage(openid, text);
    answerSend('token-secret-2', 0);
    await client.sendCustomMessage(openid, text);
  });

  it('is replaced only once: the second refusal is an error', async () => {
    answerSend(token, 40001);
    giveToken('token-secret-2');
    answerSend('token-secret-2', 40001, 'invalid credential rid: 2');
    await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({
      errcode: 40001,
      errmsg: 'invalid credential rid: 2',
    });
  });

  it('is the error where the platform gives out no other', async () => {
    await platform.store.setIfAbsent('wechat-token:pingan-meizhou:wx0123456789abcdef:forced', '1', 60_000);
    answerSend(token, 40001, 'invalid credential rid: 1');
    giveToken(token);
    await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({
      errmsg: 'invalid credential rid: 1',
    });
  });

  it('is struck out of what the platform says', async () => {
    answerSend(token, 45002, `too long, token ${token} rid: 3`);
    const error = await failureOf(client.sendCustomMessage(openid, text));
    expect(error).toMatchObject({ errmsg: 'too long, token … rid: 3' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('token-secret');
  });
});

describe('an error code that repeating cannot cure', () => {
  it.each([
    ['configuration', 40164, 'error'],
    ['account', 48004, 'error'],
    ['quota', 45009, 'warn'],
    ['receiver_permanent', 43004, 'warn'],
    ['receiver_window', 45015, 'warn'],
    ['content', 45002, 'warn'],
    ['duplicate', 45065, 'warn'],
    ['tags', 45159, 'warn'],
    ['menu', 65303, 'warn'],
    ['kf', 61453, 'warn'],
    ['oauth', 40029, 'warn'],
    ['gone', 45103, 'warn'],
    ['unknown', 99999, 'warn'],
  ])(
    'of the group %s (%d) is thrown at once and logged as %s with its rid',
    async (group, errcode, level) => {
      answerSend(token, errcode, 'refused rid: 6650-7');
      await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({ group, errcode });
      expect(platform.pauses).toEqual([]);
      expect(platform.log).toMatchObject([
        { level, account: 'pingan-meizhou', endpoint: 'custom_send', errcode, errmsg: 'refused rid: 6650-7' },
      ]);
    },
  );
});

describe('a call that broke off', () => {
  it('is not repeated where it may have been delivered and is not the same twice', async () => {
    nock.cleanAll();
    const transport = new HttpTransport({ responseTimeoutMs: 250 });
    ({ client } = platform.addNode({ transport, apiBase: await serveSilentPlatform(token) }));
    await expect(client.sendCustomMessage(openid, text)).rejects.toMatchObject({
      code: 'platform_timeout',
      delivered: 'maybe',
    });
    expect(platform.pauses).toEqual([]);
  });

  it('is repeated where twice is the same as once', async () => {
    nock(apiBase).get('/cgi-bin/menu/delete').query(true).reply(504);
    nock(apiBase).get('/cgi-bin/menu/delete').query({ access_token: token }).reply(200, { errcode: 0 });
    await client.deleteMenu();
    expect(platform.pauses).toEqual([500]);
  });

  it('is repeated where it was certainly not delivered', async () => {
    nock(apiBase).post(sendPath).query(true).reply(403);
    answerSend(token, 0);
    await client.sendCustomMessage(openid, text);
    expect(platform.pauses).toEqual([500]);
  });

  it.each([
    ['no JSON', '<html>busy</html>'],
    ['nothing', ''],
    ['an object that says nothing', '{}'],
    ['a list', '[]'],
  ])('is an error of unknown delivery when the answer is %s', async (_what, body) => {
    nock(apiBase).post(sendPath).query(true).reply(200, body);
    const error = await failureOf(client.sendCustomMessage(openid, text));
    expect(error).toMatchObject({ code: 'platform_bad_answer', delivered: 'maybe' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/token-secret|您好/);
  });
});

describe('the interfaces', () => {
  it('show and hide that an answer is being written', async () => {
    for (const command of ['Typing', 'CancelTyping']) {
      nock(apiBase)
        .post('/cgi-bin/message/custom/typing', { touser: openid, command })
        .query({ access_token: token })
        .reply(200, { errcode: 0 });
    }
    await client.typing(openid, true);
    await client.typing(openid, false);
  });

  it('create a menu as it stands', async () => {
    const menu = {
      button: [
        { name: '办事', sub_button: [{ type: 'click', name: '户口', key: 'node:hukou' } as const] },
        { name: '网站', type: 'view', url: 'https://example.gov.cn/' } as const,
      ],
    };
    nock(apiBase)
      .post('/cgi-bin/menu/create', menu)
      .query({ access_token: token })
      .reply(200, { errcode: 0 });
    await client.createMenu(menu);
  });

  it('get a menu, with the fields that the platform adds', async () => {
    const button = [{ type: 'click', name: '户口', key: 'node:hukou', sub_button: [] }];
    nock(apiBase)
      .get('/cgi-bin/menu/get')
      .query({ access_token: token })
      .reply(200, { menu: { button, menuid: 7 } });
    expect(await client.getMenu()).toEqual({ button, menuid: 7 });
  });

  it('get no menu where there is none', async () => {
    nock(apiBase)
      .get('/cgi-bin/menu/get')
      .query(true)
      .reply(200, { errcode: 46003, errmsg: 'menu no exist rid: 1' });
    expect(await client.getMenu()).toBeUndefined();
  });

  it('tell of a follower', async () => {
    nock(apiBase)
      .get('/cgi-bin/user/info')
      .query({ access_token: token, openid, lang: 'zh_CN' })
      .reply(200, {
        subscribe: 1,
        openid,
        language: 'zh_CN',
        subscribe_time: 1_700_000_000,
        unionid: 'oUnion',
        remark: '',
        groupid: 0,
        tagid_list: [128, 2],
        subscribe_scene: 'ADD_SCENE_QR_CODE',
        qr_scene: 98765,
        qr_scene_str: '',
      });
    expect(await client.getUserInfo(openid)).toEqual({
      openid,
      follows: true,
      followedAt: 1_700_000_000_000,
      followedFrom: 'ADD_SCENE_QR_CODE',
      qrScene: '98765',
      unionId: 'oUnion',
      remark: '',
      tagIds: [128, 2],
    });
  });
});

describe('a call that breaks a limit', () => {
  beforeEach(() => nock.cleanAll());

  it('is not sent: a menu that is too long', async () => {
    await expect(
      client.createMenu({ button: [{ name: '这个名称太长了', type: 'click', key: 'k' }] }),
    ).rejects.toMatchObject({
      code: 'menu_invalid',
    });
  });
});
