import { describe, expect, it } from '@jest/globals';
import { parseBody } from '../../../src/wechat/codec/body.js';
import { openDelivery, openReply, sealReply } from '../../../src/wechat/codec/envelope.js';
import { KeyRing, MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { signParts } from '../../../src/wechat/codec/signature.js';
import { codeOf } from './code-of.js';
import { vectors } from './vectors.js';

const aesKey = 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR';
const appId = 'wx49f0ab532d5d035a';
const crypto = new MessageCrypto(aesKey, appId);
const keys = new KeyRing({ aesKey, appId });
const token = '123456';

describe('an encrypted delivery', () => {
  it.each(vectors.aes.filter(({ msg_signature }) => msg_signature))('is opened: $src', (vector) => {
    const body = parseBody(
      `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${vector.cipher}]]></Encrypt></xml>`,
    );
    const { plain } = openDelivery(body, vector, vector.token ?? '', keys);
    expect(plain).toBe(vector.plain ?? plain);
  });

  it('is opened in JSON', () => {
    const { body, query } = delivery('{"MsgType":"text"}');
    expect(openDelivery(parseBody(JSON.stringify(body)), query, token, keys).plain).toBe(
      '{"MsgType":"text"}',
    );
  });

  it('is refused before anything is decrypted when the signature does not fit', () => {
    const { body, query } = delivery('hi');
    const forged = { ...body, Encrypt: 'not even base64' };
    expect(codeOf(() => openDelivery(forged, query, token, keys))).toBe('bad_signature');
    expect(codeOf(() => openDelivery(body, { ...query, nonce: '2' }, token, keys))).toBe('bad_signature');
    expect(codeOf(() => openDelivery(body, { timestamp: '1', nonce: '1' }, token, keys))).toBe(
      'bad_signature',
    );
  });

  it.each([[{}], [{ Encrypt: '' }], [{ Encrypt: ['a', 'b'] }], [{ Encrypt: { a: 'b' } }]])(
    'is refused without one cipher text: %j',
    (body) => {
      expect(codeOf(() => openDelivery(body, {}, token, keys))).toBe('bad_envelope');
    },
  );
});

describe('a sealed reply', () => {
  const options = { token, crypto, timestamp: '1714037059', nonce: 'n0nce' };

  it('has the published form in XML', () => {
    expect(sealReply('<xml></xml>', options)).toMatch(
      /^<xml><Encrypt><!\[CDATA\[[\w+/=]+\]\]><\/Encrypt><MsgSignature><!\[CDATA\[[\da-f]{40}\]\]><\/MsgSignature><TimeStamp>1714037059<\/TimeStamp><Nonce><!\[CDATA\[n0nce\]\]><\/Nonce><\/xml>$/,
    );
  });

  it('has lower-case names in JSON', () => {
    const reply: unknown = JSON.parse(sealReply('{}', { ...options, format: 'json' }));
    expect(reply).toEqual({
      encrypt: expect.stringMatching(/^[\w+/=]+$/),
      msgsignature: expect.stringMatching(/^[\da-f]{40}$/),
      timestamp: 1714037059,
      nonce: 'n0nce',
    });
  });

  it.each(['xml', 'json'] as const)('is opened by the platform in %s', (format) => {
    expect(openReply(sealReply('你好', { ...options, format }), token, crypto)).toBe('你好');
  });

  it('is refused by the platform with another token, or when it is not sealed', () => {
    expect(codeOf(() => openReply(sealReply('你好', options), 'other', crypto))).toBe('bad_signature');
    expect(codeOf(() => openReply('<xml><Content>hi</Content></xml>', token, crypto))).toBe('bad_envelope');
  });
});

function delivery(plain: string) {
  const Encrypt = crypto.encrypt(plain);
  const [timestamp, nonce] = ['1411525903', '461056294'];
  const query = { timestamp, nonce, msg_signature: signParts([token, timestamp, nonce, Encrypt]) };
  return { body: { ToUserName: 'gh_1', Encrypt }, query };
}
