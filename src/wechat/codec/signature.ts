import { hash, timingSafeEqual } from 'node:crypto';

/** A value as a parsed query string holds it: absent, once, or several times. */
export type QueryValue = string | readonly string[] | undefined;

/**
 * The platform's signature: SHA-1, in hex, of the parts sorted and joined. The parts are token, timestamp and
 * nonce for `signature`; those and the cipher text for `msg_signature`.
 * Source: WeChat, "接入概述" and "消息加解密说明".
 */
export function signParts(parts: readonly string[]): string {
  // Code-unit order is byte order for all that the platform signs: ASCII only.
  return hash('sha1', [...parts].sort().join(''), 'hex');
}

/**
 * Whether `given` is the signature of `parts`, in a time that tells nothing about where they differ.
 * Never throws: anything but single strings is simply no valid signature.
 */
export function verifySignature(parts: readonly QueryValue[], given: QueryValue): boolean {
  if (typeof given !== 'string' || !parts.every(isString)) return false;
  const expected = Buffer.from(signParts(parts));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function isString(value: QueryValue): value is string {
  return typeof value === 'string';
}
