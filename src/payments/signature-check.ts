import { createVerify, type KeyObject } from 'node:crypto';
import { refuseCallback } from './callback-errors.js';
import { freshnessMs } from './pay-limits.js';
import type { PlatformKeys } from './platform-keys.js';

/** What the platform signs: a callback of its own, or its answer to a request. */
export interface Signed {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Exactly as it came. */
  rawBody: string;
}

/** The platform sends such signatures now and then, to see whether they are refused. */
const probePrefix = 'WECHATPAY/SIGNTEST/';

/**
 * RSA-SHA256 over `timestamp\nnonce\nbody\n`, with the key that `Wechatpay-Serial` names.
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws UserError `bad_signature` · `stale_callback` · `unknown_key`
 */
export async function checkSignature(
  { headers, rawBody }: Signed,
  keys: Pick<PlatformKeys, 'find'>,
  now: number,
): Promise<void> {
  const timestamp = headers['wechatpay-timestamp'] ?? '';
  const nonce = headers['wechatpay-nonce'] ?? '';
  const serial = headers['wechatpay-serial'] ?? '';
  const signature = headers['wechatpay-signature'] ?? '';
  // Refused before a key is looked for, so that nobody makes us ask the platform with rubbish.
  if (signature.startsWith(probePrefix) || !isBase64(signature)) throw refuseCallback('bad_signature');
  if (!isFresh(timestamp, now)) throw refuseCallback('stale_callback');
  const key = await keys.find(serial);
  if (!key) throw refuseCallback('unknown_key');
  if (!isSignedBy(key, `${timestamp}\n${nonce}\n${rawBody}\n`, signature))
    throw refuseCallback('bad_signature');
}

/** Node decodes leniently: without this, several spellings of one signature would pass. */
export function isBase64(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64').toString('base64') === text;
}

function isFresh(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1_000) <= freshnessMs;
}

function isSignedBy(key: KeyObject, message: string, signature: string): boolean {
  return createVerify('RSA-SHA256').update(message).verify(key, signature, 'base64');
}
