import { randomBytes, randomUUID } from 'node:crypto';
import type { Forgery } from '../../api-types/sandbox.js';
import { beijingTime } from './beijing-time.js';
import { encryptResource, makePrivateKey, signText, type SigningKey } from './pay-keys.js';
import type { PayMerchant } from './pay-merchant.js';

/** What happened, as a callback tells it. */
export interface PayEvent {
  id: string;
  at: number;
  eventType: string;
  summary: string;
  originalType: 'transaction' | 'refund';
  content: Record<string, unknown> & { amount: Record<string, unknown> };
}

/** A body, and the headers that vouch for it at the moment of its delivery. */
export interface Letter {
  body: string;
  seal: (now: number) => Record<string, string>;
}

const staleByMs = 10 * 60_000;
/** How the platform's probes begin: official answer to "签名探测流量". */
export const probeSignature = 'WECHATPAY/SIGNTEST/';

/** The four headers by which an answer or a callback is verified, and their kind. */
export function sealHeaders(key: SigningKey, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(16).toString('hex');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Signature': signText(key.privateKey, `${timestamp}\n${nonce}\n${body}\n`),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** Seals whose signature proves nothing, as a probe's. */
export function probeHeaders(key: SigningKey, body: string, now: number): Record<string, string> {
  const signature = `${probeSignature}${randomBytes(256).toString('base64')}`;
  return { ...sealHeaders(key, body, now), 'Wechatpay-Signature': signature };
}

/** A genuine letter with this body: signed afresh at each delivery, by whichever key is in turn. */
export function genuineLetter(merchant: PayMerchant, body: string): Letter {
  return { body, seal: (now) => sealHeaders(merchant.signingKey(), body, now) };
}

export function writeBody(merchant: PayMerchant, event: PayEvent): string {
  const plain = JSON.stringify(event.content);
  return JSON.stringify({
    id: event.id,
    create_time: beijingTime(event.at),
    resource_type: 'encrypt-resource',
    event_type: event.eventType,
    summary: event.summary,
    resource: {
      original_type: event.originalType,
      ...encryptResource(merchant.state.keys.apiV3Key, plain, event.originalType),
    },
  });
}

/** A letter that must be refused. */
export async function forgeLetter(kind: Forgery, merchant: PayMerchant, event: PayEvent): Promise<Letter> {
  const body = writeBody(merchant, event);
  switch (kind) {
    case 'probe':
      return { body, seal: (now) => probeHeaders(merchant.signingKey(), body, now) };
    case 'signature': {
      const { privateKey } = await strangersKey();
      return { body, seal: (now) => sealHeaders({ ...merchant.signingKey(), privateKey }, body, now) };
    }
    case 'key': {
      const key = await strangersKey();
      return { body, seal: (now) => sealHeaders(key, body, now) };
    }
    case 'stale':
      return { body, seal: (now) => sealHeaders(merchant.signingKey(), body, now - staleByMs) };
    case 'ciphertext':
      return genuineLetter(merchant, turnBit(body));
    case 'merchant':
      return aboutAnother(merchant, event, { mchid: '1900000001' });
    case 'app':
      return aboutAnother(merchant, event, { appid: 'wx0000000000000001' });
    case 'amount':
      break;
  }
  const { amount } = event.content;
  const total = typeof amount.total === 'number' ? amount.total + 1 : 1;
  return aboutAnother(merchant, event, { amount: { ...amount, total, payer_total: total } });
}

function aboutAnother(merchant: PayMerchant, event: PayEvent, change: Partial<PayEvent['content']>): Letter {
  const content = { ...event.content, ...change };
  return genuineLetter(merchant, writeBody(merchant, { ...event, id: randomUUID(), content }));
}

/** Turns over the lowest bit of the ciphertext's first byte. */
function turnBit(body: string): string {
  return body.replace(/"ciphertext":"([^"]+)"/, (_whole, ciphertext: string) => {
    const bytes = Buffer.from(ciphertext, 'base64');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    return `"ciphertext":"${bytes.toString('base64')}"`;
  });
}

let stranger: Promise<SigningKey> | undefined;

/** Of nobody whom the merchant knows; one for all of this process. */
function strangersKey(): Promise<SigningKey> {
  stranger ??= makePrivateKey().then((privateKey) => ({
    serial: randomBytes(20).toString('hex').toUpperCase(),
    privateKey,
  }));
  return stranger;
}
