import { describe, expect, it } from '@jest/globals';
import { signParts, verifySignature } from '../../../src/wechat/codec/signature.js';
import { vectors } from './vectors.js';

describe('a signature', () => {
  it.each(vectors.signature)('has the published value: $src', (vector) => {
    const parts = vector.parts ?? [vector.token ?? '', vector.timestamp ?? '', vector.nonce ?? ''];
    expect(signParts(parts)).toBe(vector.signature);
    expect(verifySignature(parts, vector.signature)).toBe(true);
  });

  it.each(vectors.aes.filter(({ msg_signature }) => msg_signature))(
    'of a body has the published value: $src',
    ({ token, timestamp, nonce, cipher, msg_signature }) => {
      expect(verifySignature([token, timestamp, nonce, cipher], msg_signature)).toBe(true);
    },
  );

  it.each(vectors.jsapi)('of a page has the published value', (vector) => {
    const { jsapi_ticket, noncestr, timestamp, url, signature } = vector;
    const page = `jsapi_ticket=${jsapi_ticket}&noncestr=${noncestr}&timestamp=${timestamp}&url=${url}`;
    expect(signParts([page])).toBe(signature);
  });

  it('does not depend on the order of the parts, and leaves them in theirs', () => {
    const parts = ['test', '1410685589', 'nonce'];
    expect(signParts(parts)).toBe(signParts(['nonce', 'test', '1410685589']));
    expect(parts).toEqual(['test', '1410685589', 'nonce']);
  });

  const parts = ['token', '1410685589', 'nonce'];
  const right = signParts(parts);

  it.each([
    ['is missing', undefined],
    ['is given twice', [right, right]],
    ['is empty', ''],
    ['is cut short', right.slice(1)],
    ['is in upper case', right.toUpperCase()],
    ['has 40 characters of several bytes', '签'.repeat(40)],
    ['differs in its last digit', right.slice(0, 39) + (right.endsWith('0') ? '1' : '0')],
  ])('is refused without an exception when it %s', (_name, given) => {
    expect(verifySignature(parts, given)).toBe(false);
  });

  it('is refused when a part is missing or given twice', () => {
    expect(verifySignature(['token', undefined, 'nonce'], right)).toBe(false);
    expect(verifySignature(['token', ['1410685589', '1'], 'nonce'], right)).toBe(false);
  });
});
