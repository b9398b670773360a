import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyRing, MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { codeOf } from './code-of.js';
import { vectors } from './vectors.js';

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const otherKey = 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR';
const appId = 'wxb11529c136998cb6';
const crypto = new MessageCrypto(aesKey, appId);

describe('message encryption', () => {
  it.each(vectors.aes.filter(({ random }) => random))('gives the published cipher text: $src', (vector) => {
    const encrypted = new MessageCrypto(vector.key, vector.appid).encrypt(
      vector.plain ?? '',
      Buffer.from(vector.random ?? ''),
    );
    expect(encrypted).toBe(vector.cipher);
  });

  it.each(vectors.aes)('reads the published cipher text: $src', (vector) => {
    const plain = new MessageCrypto(vector.key, vector.appid).decrypt(vector.cipher);
    expect(plain).toMatch(/^(<xml>[^]*<\/xml>|我是中文abcd123|\d+)$/);
    expect(plain).toBe(vector.plain ?? plain);
  });

  it('never gives the same cipher text twice', () => {
    expect(crypto.encrypt('你好')).not.toBe(crypto.encrypt('你好'));
  });

  it.each([
    ['too short', aesKey.slice(1)],
    ['too long', `${aesKey}H`],
    ['with its equals sign', `${aesKey.slice(1)}=`],
    ['empty', ''],
    ['with a line break', `${aesKey}\n`],
  ])('refuses a key that is %s', (_name, key) => {
    expect(codeOf(() => new MessageCrypto(key, appId))).toBe('bad_aes_key');
  });
});

describe('decryption refuses', () => {
  it.each([
    ['foreign characters', 'bad_base64', '*'.repeat(64)],
    ['the alphabet for addresses', 'bad_base64', '-_'.repeat(44)],
    ['an incomplete group', 'bad_base64', 'QUJDR'],
    ['nothing', 'bad_block_size', ''],
    ['half a block', 'bad_block_size', Buffer.alloc(16).toString('base64')],
    ['a truncated message', 'bad_padding', truncated(crypto.encrypt('一条不短的消息，占好几个块'))],
    ['another account', 'app_id_mismatch', new MessageCrypto(aesKey, 'wx0000000000000000').encrypt('hi')],
    [
      'an app id that only begins right',
      'app_id_mismatch',
      new MessageCrypto(aesKey, `${appId}x`).encrypt('hi'),
    ],
    ['padding of 0', 'bad_padding', encryptBytes(Buffer.alloc(32, 0))],
    ['padding of 33', 'bad_padding', encryptBytes(Buffer.alloc(64, 33))],
    ['uneven padding', 'bad_padding', encryptBytes(Buffer.concat([Buffer.alloc(30), Buffer.from([9, 2])]))],
    ['padding and nothing else', 'bad_length', encryptBytes(Buffer.alloc(32, 32))],
    ['a length beyond the end', 'bad_length', encryptBytes(container(0xffff_ffff))],
    ['a length that reaches into the app id', 'app_id_mismatch', encryptBytes(container(3))],
  ])('%s: %s', (_name, code, cipherText) => {
    expect(codeOf(() => crypto.decrypt(cipherText))).toBe(code);
  });

  it('another key', () => {
    const cipherText = new MessageCrypto(otherKey, appId).encrypt('hi', Buffer.alloc(16));
    expect(codeOf(() => crypto.decrypt(cipherText))).toBe('bad_padding');
  });
});

describe('a key ring', () => {
  const ring = new KeyRing({ appId, aesKey, previousAesKey: otherKey });

  it('reads with the current key and says so', () => {
    const { plain, key, crypto: used } = ring.decrypt(crypto.encrypt('新的'));
    expect([plain, key, used]).toEqual(['新的', 'current', ring.current]);
  });

  it('reads what the previous key encrypted, and hands out that key for the reply', () => {
    const previous = new MessageCrypto(otherKey, appId);
    const { plain, key, crypto: used } = ring.decrypt(previous.encrypt('旧的'));
    expect([plain, key]).toEqual(['旧的', 'previous']);
    expect(previous.decrypt(used.encrypt('回复'))).toBe('回复');
  });

  it('refuses what neither encrypted with the error of the current key', () => {
    const foreign = new MessageCrypto(aesKey, 'wx0000000000000000').encrypt('hi');
    expect(codeOf(() => ring.decrypt(foreign))).toBe('app_id_mismatch');
    expect(codeOf(() => new KeyRing({ appId, aesKey }).decrypt(foreign))).toBe('app_id_mismatch');
  });
});

function truncated(cipherText: string): string {
  return Buffer.from(cipherText, 'base64').subarray(0, -32).toString('base64');
}

/** Two blocks with a message of 2 bytes whose length field says `length`. */
function container(length: number): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(20), Buffer.from(`hi${appId}`), Buffer.alloc(24, 24)]);
  bytes.writeUInt32BE(length, 16);
  return bytes;
}

function encryptBytes(clear: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(clear), cipher.final()]).toString('base64');
}
