import type { WechatAccount } from '../wechat/account.js';
import { cdata } from '../wechat/codec/xml.js';
import { MessageCrypto } from '../wechat/codec/message-crypto.js';
import { signParts } from '../wechat/codec/signature.js';

export interface SignedDelivery {
  /** For the webhook's query string. */
  query: Record<string, string>;
  body: string;
}

/**
 * A message as the platform posts it to the webhook of `account`: signed, and encrypted as its mode asks.
 * `now` is milliseconds since the epoch. `random` (16 bytes) is for known-answer tests only.
 * Source: WeChat, "消息加解密说明"; compat mode carries the plain fields and the cipher side by side.
 * @throws ProtocolError `bad_aes_key` when compat or safe mode lacks a valid key.
 */
export function signedDelivery(
  account: WechatAccount,
  xml: string,
  now: number,
  nonce: string,
  random?: Buffer,
): SignedDelivery {
  const timestamp = String(Math.floor(now / 1000));
  const signed = { signature: signParts([account.token, timestamp, nonce]), timestamp, nonce };
  const openid = /<FromUserName><!\[CDATA\[(.*?)\]\]>/.exec(xml)?.[1];
  const query = openid === undefined ? signed : { ...signed, openid };
  if (account.messageMode === 'plain') return { query, body: xml };
  const cipher = new MessageCrypto(account.aesKey ?? '', account.appId).encrypt(xml, random);
  const encrypt = `<Encrypt>${cdata(cipher)}</Encrypt>`;
  return {
    query: {
      ...query,
      encrypt_type: 'aes',
      msg_signature: signParts([account.token, timestamp, nonce, cipher]),
    },
    body:
      account.messageMode === 'compat'
        ? xml.replace(/<\/xml>\s*$/, `${encrypt}</xml>`)
        : `<xml>${toUserName(xml)}${encrypt}</xml>`,
  };
}

function toUserName(xml: string): string {
  return /<ToUserName>.*?<\/ToUserName>/s.exec(xml)?.[0] ?? '';
}
