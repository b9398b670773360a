import { describeError } from '../../core/errors.js';
import type { Reply } from '../../core/messages.js';
import type { WechatAccount } from '../../wechat/account.js';
import { openReply } from '../../wechat/codec/envelope.js';
import { MessageCrypto } from '../../wechat/codec/message-crypto.js';
import { parsePassiveReply } from '../../wechat/codec/passive-reply.js';
import { messageRules } from '../platform/platform-limits.js';

/** What the platform makes of the webhook's answer. */
export type WebhookAnswer =
  /** `success`, or nothing: the account has no more to say. */
  { kind: 'silent' } | { kind: 'reply'; reply: Reply } | { kind: 'malformed'; problem: string };

export interface ExpectedReply {
  account: WechatAccount;
  /** FromUserName of the reply. */
  originalId: string;
  /** ToUserName of the reply. */
  openid: string;
  /** Articles beyond this many are cut off. */
  articles: number;
}

/**
 * Reads the body of the webhook's response strictly, as the platform does. In safe mode a reply must be encrypted
 * and its signature must fit; in plain mode it must not be; compat mode accepts both. Source: WeChat, "消息加解密说明".
 */
export function readWebhookAnswer(body: string, expected: ExpectedReply): WebhookAnswer {
  if (body === '' || body === 'success') return { kind: 'silent' };
  try {
    const { to, from, reply } = parsePassiveReply(openBody(body, expected.account));
    if (to !== expected.openid) return { kind: 'malformed', problem: 'ToUserName is not the sender' };
    if (from !== expected.originalId)
      return { kind: 'malformed', problem: 'FromUserName is not the account' };
    if (reply.kind === 'text' && Buffer.byteLength(reply.text) > messageRules.textBytes) {
      return { kind: 'malformed', problem: `the text is longer than ${messageRules.textBytes} bytes` };
    }
    return { kind: 'reply', reply: cutArticles(reply, expected.articles) };
  } catch (error) {
    return { kind: 'malformed', problem: describeError(error) };
  }
}

function openBody(body: string, account: WechatAccount): string {
  if (account.messageMode === 'plain') return body;
  if (account.messageMode === 'compat' && !body.includes('<Encrypt>')) return body;
  return openReply(body, account.token, new MessageCrypto(account.aesKey ?? '', account.appId));
}

function cutArticles(reply: Reply, limit: number): Reply {
  return reply.kind === 'articles' ? { ...reply, articles: reply.articles.slice(0, limit) } : reply;
}
