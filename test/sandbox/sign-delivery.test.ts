import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedDelivery } from '../../src/sandbox/sign-delivery.js';
import { parseBody } from '../../src/wechat/codec/body.js';
import { openDelivery } from '../../src/wechat/codec/envelope.js';
import { KeyRing } from '../../src/wechat/codec/message-crypto.js';
import { parseXml } from '../../src/wechat/codec/xml.js';
import { monday, testAccount } from './fixture.js';

const vectors = z
  .object({
    signature: z.array(z.record(z.string(), z.unknown())),
    aes: z.array(z.record(z.string(), z.string())),
  })
  .parse(JSON.parse(readFileSync(new URL('../data/vectors/wechat-vectors.json', import.meta.url), 'utf8')));

const signatureVector = z.object({
  src: z.string(),
  token: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  signature: z.string(),
});
const encryptVector = z.object({
  src: z.string(),
  token: z.string(),
  key: z.string(),
  appid: z.string(),
  random: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  plain: z.string(),
  cipher: z.string(),
  msg_signature: z.string(),
});

const xml =
  '<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[oia2Tj]]></FromUserName>' +
  '<Content><![CDATA[</xml>]]></Content></xml>';

describe('a signed delivery', () => {
  it.each(vectors.signature.filter(({ nonce }) => nonce).map((vector) => signatureVector.parse(vector)))(
    'has the signature published by $src',
    (vector) => {
      const account = { ...testAccount(), token: vector.token };
      const { query } = signedDelivery(account, xml, Number(vector.timestamp) * 1000 + 999, vector.nonce);
      expect(query).toMatchObject({
        signature: vector.signature,
        timestamp: vector.timestamp,
        nonce: vector.nonce,
      });
    },
  );

  it.each(
    vectors.aes
      .filter(({ random, msg_signature }) => random && msg_signature)
      .map((vector) => encryptVector.parse(vector)),
  )('has the cipher and msg_signature published by $src', (vector) => {
    const account = {
      ...testAccount('safe'),
      token: vector.token,
      aesKey: vector.key,
      appId: vector.appid,
    };
    const now = Number(vector.timestamp) * 1000;
    const { query, body } = signedDelivery(
      account,
      vector.plain,
      now,
      vector.nonce,
      Buffer.from(vector.random),
    );
    expect(query).toMatchObject({ encrypt_type: 'aes', msg_signature: vector.msg_signature });
    expect(parseXml(body)).toEqual({ ToUserName: 'messense', Encrypt: vector.cipher });
  });

  it('is the message itself in plain mode', () => {
    const { query, body } = signedDelivery(testAccount('plain'), xml, monday, '1');
    expect(body).toBe(xml);
    expect(query).not.toHaveProperty('encrypt_type');
    expect(query.openid).toBe('oia2Tj');
  });

  it('holds the plain fields and the cipher in compat mode', () => {
    const { body } = signedDelivery(testAccount('compat'), xml, monday, '1');
    expect(parseXml(body)).toMatchObject({ Content: '</xml>', Encrypt: expect.any(String) });
  });

  it.each(['compat', 'safe'] as const)('can be opened by the account in %s mode', (mode) => {
    const account = testAccount(mode);
    const { query, body } = signedDelivery(account, xml, monday, '1');
    const keys = new KeyRing({ appId: account.appId, aesKey: account.aesKey! });
    expect(openDelivery(parseBody(body), query, account.token, keys).plain).toBe(xml);
  });

  it('cannot be made in safe mode without a key', () => {
    const account = { ...testAccount('safe'), aesKey: '' };
    expect(() => signedDelivery(account, xml, monday, '1')).toThrow(
      expect.objectContaining({ code: 'bad_aes_key' }),
    );
  });
});
