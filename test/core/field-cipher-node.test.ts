import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { FieldPlace } from '../../src/core/field-cipher.js';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import { buildFieldCipher } from '../support/builders.js';

const place: FieldPlace = { accountId: 'pingan-meizhou', openid: 'o-1', field: 'messages.phone' };

describe('a sealed value', () => {
  it('opens to what it was, and shows nothing of it', () => {
    const cipher = buildFieldCipher();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const sealed = cipher.seal(value, place);
        expect(sealed).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);
        expect(cipher.open(sealed, place)).toBe(value);
      }),
    );
  });

  it('looks different each time', () => {
    const cipher = buildFieldCipher();
    expect(cipher.seal('1', place)).not.toBe(cipher.seal('1', place));
  });

  it.each<[string, Partial<FieldPlace>]>([
    ['account', { accountId: 'another' }],
    ['citizen', { openid: 'o-2' }],
    ['field', { field: 'messages.text' }],
  ])('opens for no other %s', (_, other) => {
    const cipher = buildFieldCipher();
    expect(cipher.open(cipher.seal('13812345678', place), { ...place, ...other })).toBeNull();
  });

  it('does not open once a single character of it was changed, and never throws', () => {
    const cipher = buildFieldCipher();
    const sealed = cipher.seal('13812345678', place);
    fc.assert(
      fc.property(
        fc.nat({ max: sealed.length - 1 }),
        fc.constantFrom(...'09afAZ-_.'.split('')),
        (at, character) => {
          const changed = `${sealed.slice(0, at)}${character}${sealed.slice(at + 1)}`;
          // The last character of base64 may hold bits that count for nothing.
          const sameBytes = Buffer.from(changed, 'base64url').equals(Buffer.from(sealed, 'base64url'));
          if (!sameBytes) expect(cipher.open(changed, place)).toBeNull();
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(cipher.open(text, place)).toBeNull()));
  });

  it('opens after a change of keys while the old one is known, and then no more', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const sealed = buildFieldCipher({ key: old }).seal('13812345678', place);
    expect(buildFieldCipher({ key: fresh, previousKey: old }).open(sealed, place)).toBe('13812345678');
    expect(buildFieldCipher({ key: fresh }).open(sealed, place)).toBeNull();
  });
});

describe('the digest of a value', () => {
  it('is the same for the same value in a field of an account, whatever the sealing key', () => {
    const hashKey = randomBytes(32);
    const hashes = [buildFieldCipher({ hashKey }), buildFieldCipher({ hashKey })].map((cipher) =>
      cipher.hash('13812345678', place),
    );
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('is another one in another field, in another account and under another key', () => {
    const cipher = buildFieldCipher();
    const hashes = [
      cipher.hash('13812345678', place),
      cipher.hash('13812345678', { ...place, field: 'x' }),
      cipher.hash('13812345678', { ...place, accountId: 'x' }),
      buildFieldCipher().hash('13812345678', place),
    ];
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('a key', () => {
  it('of another length is refused', () => {
    expect(() => new NodeFieldCipher({ key: randomBytes(16), hashKey: randomBytes(32) })).toThrow('32 bytes');
  });
});
