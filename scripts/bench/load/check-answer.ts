import { MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { verifySignature } from '../../../src/wechat/codec/signature.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { accountOpenid } from './message-mix.js';

export interface Expected {
  openid: string;
  /** The text that an echo must hold; null where any answer will do. */
  text: string | null;
}

/**
 * What is wrong with an answer, or null. Reads the XML by its own simple means and not with the product's parser,
 * so that a fault there cannot hide itself.
 */
export function faultOfAnswer(body: string, account: WechatAccount, expected: Expected): string | null {
  const xml = account.messageMode === 'safe' ? open(body, account) : body;
  if (xml === null) return 'the envelope is not signed with our token';
  if (field(xml, 'ToUserName') !== expected.openid) return 'addressed to somebody else';
  if (field(xml, 'FromUserName') !== accountOpenid) return 'not from the account';
  const text = field(xml, 'Content');
  if (expected.text !== null && text !== expected.text) return 'not the echo of the message';
  if (text === '' || (text === null && field(xml, 'MsgType') === 'text')) return 'an empty text';
  return null;
}

function open(body: string, account: WechatAccount): string | null {
  const encrypted = field(body, 'Encrypt') ?? '';
  const timestamp = field(body, 'TimeStamp') ?? '';
  const nonce = field(body, 'Nonce') ?? '';
  if (!verifySignature([account.token, timestamp, nonce, encrypted], field(body, 'MsgSignature') ?? ''))
    return null;
  return new MessageCrypto(account.aesKey ?? '', account.appId).decrypt(encrypted);
}

function field(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml);
  return found === null ? null : (found[1] ?? found[2] ?? '');
}
