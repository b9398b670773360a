import { signedDelivery } from '../../../src/sandbox/sign-delivery.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import type { MessageMix } from './message-mix.js';

/** Requests ready to be written to a socket, and what is known of each. Built between the phases, never during one. */
export interface Batch {
  requests: readonly Buffer[];
  openids: readonly string[];
  echoes: readonly string[];
  answered: readonly boolean[];
}

/**
 * Messages wait here for their turn, those of the platform do not: they are dated ahead, so that none looks old when
 * it is sent, as a re-send would.
 */
const datedAheadMs = 20_000;

/**
 * Signs (and in safe mode encrypts) `count` messages as the platform would send them at `now`, milliseconds since
 * the epoch. Servers refuse a stale signature, so a batch is good for less than five minutes.
 */
export function buildBatch(mix: MessageMix, account: WechatAccount, count: number, now: number): Batch {
  const requests: Buffer[] = [];
  const openids: string[] = [];
  const echoes: string[] = [];
  const answered: boolean[] = [];
  for (let made = 0; made < count; made += 1) {
    const message = mix.next(now + datedAheadMs);
    const nonce = String(1_000_000_000 + message.ordinal);
    const { query, body } = signedDelivery(account, message.xml, now, nonce);
    requests.push(httpRequest(`/wechat/${account.accountId}?${String(new URLSearchParams(query))}`, body));
    openids.push(message.openid);
    echoes.push(message.echo);
    answered.push(message.answered);
  }
  return { requests, openids, echoes, answered };
}

function httpRequest(path: string, body: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nPragma: no-cache\r\n` +
      `Content-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
