import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import request from 'supertest';
import type { CitizenMessage, Reply } from '../../../src/core/messages.js';
import type { ConversationResponse } from '../../../src/features/conversations/conversation-port.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { createLogger } from '../../../src/observability/logger.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { openReply } from '../../../src/wechat/codec/envelope.js';
import { MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { parsePassiveReply } from '../../../src/wechat/codec/passive-reply.js';
import { signParts } from '../../../src/wechat/codec/signature.js';
import { cdata } from '../../../src/wechat/codec/xml.js';
import { webhookRouter } from '../../../src/wechat/door/webhook-routes.js';

const now = Date.parse('2026-11-22T01:00:00Z');
const aesKey = randomBytes(33).toString('base64').replaceAll(/[+/]/g, 'A').slice(0, 43);
const previousAesKey = randomBytes(33).toString('base64').replaceAll(/[+/]/g, 'B').slice(0, 43);
const plain = account('plain-office', 'plain');
const safe = account('safe-office', 'safe');
const compat = account('compat-office', 'compat');

describe('the webhook', () => {
  describe('when the platform checks the address', () => {
    it('echoes what it was sent, as plain text', async () => {
      const { http } = open();
      const response = await http
        .get('/wechat/plain-office')
        .query({ ...signedQuery(plain), echostr: '592778' });
      expect(response.status).toBe(200);
      expect(response.text).toBe('592778');
      expect(response.type).toBe('text/plain');
    });

    it('refuses an echo that is not signed', async () => {
      const response = await open().http.get('/wechat/plain-office').query({ echostr: '592778' });
      expect([response.status, response.text]).toEqual([403, 'bad_signature']);
    });

    it('answers for the default account where no account is named', async () => {
      const response = await open()
        .http.get('/wechat')
        .query({ ...signedQuery(plain), echostr: 'hello' });
      expect(response.text).toBe('hello');
    });

    it('knows no account that is not served', async () => {
      const response = await open().http.get('/wechat/nobody').query(signedQuery(plain));
      expect([response.status, response.text]).toEqual([404, 'no_account']);
    });
  });

  describe('in plain mode', () => {
    it('answers a signed message with the passive reply', async () => {
      const { http, received } = open();
      const response = await post(http, plain, signedQuery(plain), textXml('1'));
      expect(response.status).toBe(200);
      expect(parsePassiveReply(response.text)).toMatchObject({
        to: 'o-amei',
        reply: { kind: 'text', text: '您好' },
      });
      expect(received).toMatchObject([
        { accountId: 'plain-office', openid: 'o-amei', input: { kind: 'text', text: '1' } },
      ]);
    });

    it.each<[string, ConversationResponse]>([
      ['nothing is to be said', { kind: 'answer', reply: null }],
      ['the answer follows later', { kind: 'later' }],
    ])('says success when %s', async (_name, response) => {
      const { http } = open(response);
      expect((await post(http, plain, signedQuery(plain), textXml('1'))).text).toBe('success');
    });

    it('does not acknowledge what could not be stored', async () => {
      const { http } = open({ kind: 'unavailable' });
      expect((await post(http, plain, signedQuery(plain), textXml('1'))).status).toBe(503);
    });

    it('takes a re-send under the same query, and refuses another body under it', async () => {
      const { http, received } = open();
      const query = signedQuery(plain);
      const body = textXml('1');
      await post(http, plain, query, body);
      expect((await post(http, plain, query, body)).status).toBe(200);
      const forged = await post(http, plain, query, textXml('2'));
      expect([forged.status, forged.text]).toEqual([403, 'replayed']);
      expect(received).toHaveLength(2);
    });

    it('hands user text over as it is, with ]]> and control characters', async () => {
      const { http, received } = open();
      await post(http, plain, signedQuery(plain), textXml('a]]>b\u0002c<xml>'));
      expect(received[0]?.input).toEqual({ kind: 'text', text: 'a]]>bc<xml>' });
    });

    it('records an unknown type and says success', async () => {
      const { http, received } = open({ kind: 'answer', reply: null });
      const response = await post(
        http,
        plain,
        signedQuery(plain),
        textXml('1').replace('[text]', '[hologram]'),
      );
      expect([response.status, response.text]).toEqual([200, 'success']);
      expect(received[0]?.input.kind).toBe('notification');
    });
  });

  describe('refuses, with a code and one log line and without a word about why,', () => {
    const body = textXml('1');
    it.each<[string, WechatAccount, Record<string, string>, string, number, string]>([
      ['a missing signature', plain, {}, body, 403, 'bad_signature'],
      [
        'a wrong signature',
        plain,
        { ...signedQuery(plain), signature: 'f'.repeat(40) },
        body,
        403,
        'bad_signature',
      ],
      [
        'another account’s token',
        plain,
        signedQuery({ ...plain, token: 'other' }),
        body,
        403,
        'bad_signature',
      ],
      ['a stale request', plain, signedQuery(plain, now - 301_000), body, 403, 'stale'],
      ['a request from the future', plain, signedQuery(plain, now + 301_000), body, 403, 'stale'],
      ['a truncated body', plain, signedQuery(plain), body.slice(0, 60), 400, 'bad_xml'],
      ['an empty body', plain, signedQuery(plain), ' ', 400, 'bad_xml'],
      ['what is no XML', plain, signedQuery(plain), 'hello', 400, 'bad_xml'],
      [
        'a document type',
        plain,
        signedQuery(plain),
        `<!DOCTYPE x [<!ENTITY a "b">]>${body}`,
        400,
        'forbidden_xml',
      ],
      ['a message from nobody', plain, signedQuery(plain), body.replace('o-amei', ''), 400, 'bad_xml'],
      ['an oversized body', plain, signedQuery(plain), textXml('x'.repeat(70_000)), 413, 'too_large'],
      ['plain text in safe mode', safe, signedQuery(safe), body, 400, 'bad_envelope'],
      ['plain text in compat mode', compat, signedQuery(compat), body, 400, 'bad_envelope'],
      [
        'cipher text without its own signature',
        safe,
        signedQuery(safe),
        encrypted(safe, body).body,
        403,
        'bad_signature',
      ],
    ])('%s', async (_name, target, query, sent, status, code) => {
      const { http, received, log } = open();
      const response = await post(http, target, query, sent);
      expect([response.status, response.text]).toEqual([status, code]);
      expect(received).toEqual([]);
      expect(log.filter(({ level }) => level === 'warn' || level === 'error')).toMatchObject([
        { level: 'warn', code },
      ]);
    });

    it('cipher text for another app id', async () => {
      const { http, received } = open();
      const { query, body: sent } = encrypted(safe, body, new MessageCrypto(aesKey, 'wxsomebodyelse'));
      const response = await post(http, safe, query, sent);
      expect([response.status, response.text]).toEqual([403, 'app_id_mismatch']);
      expect(received).toEqual([]);
    });
  });

  describe('in safe mode', () => {
    it.each([
      ['the current key', aesKey],
      ['the key before the last change', previousAesKey],
    ])('opens what was encrypted with %s and answers with the same', async (_name, key) => {
      const { http, received } = open();
      const crypto = new MessageCrypto(key, safe.appId);
      const { query, body } = encrypted(safe, textXml('3'), crypto);
      const response = await post(http, safe, query, body);
      expect(parsePassiveReply(openReply(response.text, safe.token, crypto))).toMatchObject({
        reply: { text: '您好' },
      });
      expect(received).toMatchObject([{ input: { text: '3' } }]);
    });

    it('believes only the encrypted part of a body that holds both', async () => {
      const { http, received } = open();
      const { query, body } = encrypted(compat, textXml('inside'));
      const both = body.replace('<xml>', `<xml><Content>${cdata('outside')}</Content>`);
      await post(http, compat, query, both);
      expect(received).toMatchObject([{ input: { text: 'inside' } }]);
    });
  });
});

function open(
  response: ConversationResponse = { kind: 'answer', reply: { kind: 'text', text: '您好' } satisfies Reply },
) {
  const received: CitizenMessage[] = [];
  const log: Record<string, unknown>[] = [];
  const logger = createLogger('debug', {
    write: (line: string) => log.push(JSON.parse(line) as Record<string, unknown>),
  });
  const router = webhookRouter({
    accounts: [plain, safe, compat],
    defaultAccount: 'plain-office',
    conversations: {
      async respond(message) {
        received.push(message);
        return response;
      },
    },
    clock: { now: () => now },
    logger,
    registry: new Registry(),
    freshnessSeconds: 300,
  });
  const app = createHttpApp({ logger, routers: [router] });
  return { http: request(app.callback()), received, log };
}

type Http = ReturnType<typeof open>['http'];

function post(http: Http, target: WechatAccount, query: Record<string, string>, body: string) {
  return http.post(`/wechat/${target.accountId}`).query(query).set('content-type', 'text/xml').send(body);
}

function account(accountId: string, messageMode: WechatAccount['messageMode']): WechatAccount {
  const keys = messageMode === 'plain' ? {} : { aesKey, previousAesKey };
  return {
    accountId,
    appId: 'wx0123456789abcdef',
    appSecret: 's'.repeat(32),
    token: `token${messageMode}`,
    messageMode,
    ...keys,
  };
}

function signedQuery({ token }: WechatAccount, at = now): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const nonce = randomUUID();
  return { timestamp, nonce, signature: signParts([token, timestamp, nonce]) };
}

function encrypted(target: WechatAccount, xml: string, crypto = new MessageCrypto(aesKey, target.appId)) {
  const query = signedQuery(target);
  const encrypt = crypto.encrypt(xml);
  const msg_signature = signParts([target.token, query['timestamp'] ?? '', query['nonce'] ?? '', encrypt]);
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature },
    body: `<xml><ToUserName>${cdata('gh_office')}</ToUserName><Encrypt>${cdata(encrypt)}</Encrypt></xml>`,
  };
}

function textXml(text: string): string {
  // Not through cdata(): control characters must arrive as a citizen's phone sends them.
  const content = `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return (
    `<xml><ToUserName><![CDATA[gh_office]]></ToUserName><FromUserName><![CDATA[o-amei]]></FromUserName>` +
    `<CreateTime>${Math.floor(now / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
    `<Content>${content}</Content><MsgId>6054768590064713728</MsgId></xml>`
  );
}
