import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openDelivery } from '../../src/wechat/codec/envelope.js';
import { KeyRing, MessageCrypto } from '../../src/wechat/codec/message-crypto.js';
import { ProtocolError } from '../../src/wechat/codec/protocol-error.js';
import { signParts } from '../../src/wechat/codec/signature.js';

const aesKey = fc.stringMatching(/^[A-Za-z0-9]{43}$/);
const text = fc.string({ unit: 'binary', maxLength: 300 });
const token = 'token';

describe('whatever is encrypted', () => {
  it('is what decryption gives back', () => {
    fc.assert(
      fc.property(aesKey, fc.string({ minLength: 1 }), text, (key, appId, plain) => {
        const crypto = new MessageCrypto(key, appId);
        expect(crypto.decrypt(crypto.encrypt(plain))).toBe(inUtf8(plain));
      }),
    );
  });

  it('is found by a ring that holds its key as the previous one', () => {
    fc.assert(
      fc.property(aesKey, aesKey, text, (current, previous, plain) => {
        fc.pre(current !== previous);
        const ring = new KeyRing({ appId: 'wx1', aesKey: current, previousAesKey: previous });
        const { plain: found } = ring.decrypt(new MessageCrypto(previous, 'wx1').encrypt(plain));
        expect(found).toBe(inUtf8(plain));
      }),
    );
  });

  it('is refused by the signature after any change of any byte', () => {
    const keys = new KeyRing({ appId: 'wx1', aesKey: 'a'.repeat(43) });
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, position, flip) => {
        const cipherText = keys.current.encrypt(plain);
        const bytes = Buffer.from(cipherText, 'base64');
        bytes[position % bytes.length]! ^= flip;
        const query = {
          timestamp: '1',
          nonce: '2',
          msg_signature: signParts([token, '1', '2', cipherText]),
        };
        const altered = { Encrypt: bytes.toString('base64') };
        expect(() => openDelivery(altered, query, token, keys)).toThrow(
          expect.objectContaining({ code: 'bad_signature' }),
        );
      }),
    );
  });

  it('never gives the same text after a change, and fails only with a protocol error', () => {
    const crypto = new MessageCrypto('a'.repeat(43), 'wx1');
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, position, flip) => {
        const bytes = Buffer.from(crypto.encrypt(plain), 'base64');
        bytes[position % bytes.length]! ^= flip;
        expect(decryptOrCode(crypto, bytes.toString('base64'))).not.toBe(inUtf8(plain));
      }),
    );
  });
});

describe('decryption of arbitrary text', () => {
  it('fails only with a protocol error', () => {
    const crypto = new MessageCrypto('a'.repeat(43), 'wx1');
    const junk = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.uint8Array({ minLength: 32, maxLength: 96 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    );
    fc.assert(
      fc.property(junk, (cipherText) => {
        expect(() => crypto.decrypt(cipherText)).toThrow(ProtocolError);
      }),
    );
  });
});

/** Lone surrogates do not survive UTF-8. */
function inUtf8(text: string): string {
  return Buffer.from(text).toString();
}

function decryptOrCode(crypto: MessageCrypto, cipherText: string): string {
  try {
    return crypto.decrypt(cipherText);
  } catch (error) {
    if (error instanceof ProtocolError) return `refused: ${error.code}`;
    throw error;
  }
}
