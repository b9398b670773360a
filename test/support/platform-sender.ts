import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from '../../src/core/messages.js';
import { buildMessageXml, type MessageFields } from '../../src/sandbox/delivery/message-xml.js';
import { readWebhookAnswer } from '../../src/sandbox/delivery/webhook-answer.js';
import { postToWebhook } from '../../src/sandbox/delivery/webhook-post.js';
import { signedDelivery } from '../../src/sandbox/sign-delivery.js';
import type { MessageMode, WechatAccount } from '../../src/wechat/account.js';

/** The platform hangs up after five seconds. */
const patienceMs = 5_000;
const originalId = 'gh_7f083739789a';

export interface PlatformMessage {
  openid: string;
  /** The key under which the journal must hold it. */
  key: string;
  xml: string;
}

/** What the webhook said. Only an `answer` is an acknowledgement; anything else the platform sends again. */
export type WebhookResponse = { kind: 'answer'; reply: Reply | null } | { kind: 'none'; problem: string };

/** An account as it is configured on both sides; the numbers are no one's. */
export function buildAccount(messageMode: MessageMode): WechatAccount {
  return {
    accountId: 'pingan-meizhou',
    appId: 'wxe2e0c4ac0de5a11c',
    appSecret: 'e2e0123456789e2e0123456789abcdef',
    token: 'endToEndToken2026',
    messageMode,
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  };
}

/** The settings under which the product serves `account`. */
export function settingsFor(account: WechatAccount): Record<string, string> {
  return {
    SANDBOX: 'off',
    WECHAT_ACCOUNT: account.accountId,
    WECHAT_APPID: account.appId,
    WECHAT_SECRET: account.appSecret,
    WECHAT_TOKEN: account.token,
    WECHAT_MESSAGE_MODE: account.messageMode,
    WECHAT_AES_KEY: account.aesKey ?? '',
    // Nobody listens there: nothing leaves this machine.
    WECHAT_API_BASE: 'http://127.0.0.1:9',
  };
}

let lastId = 0n;

/** A text with an id of its own; `sentAt` in milliseconds since the epoch. */
export function buildText(openid: string, text: string, sentAt = Date.now()): PlatformMessage {
  // Beyond 2^53, as the platform's ids are.
  lastId = lastId === 0n ? BigInt(Date.now()) * 1_000_000n : lastId + 1n;
  const xml = buildMessageXml({
    ...head(openid, sentAt),
    MsgType: 'text',
    Content: text,
    MsgId: lastId,
  });
  return { openid, key: `m:${lastId}`, xml };
}

export function buildOpenid(): string {
  return `o${randomBytes(20).toString('base64url')}`;
}

/** Delivers a message once, signed and encrypted as the account's mode asks. */
export async function deliver(
  origin: string,
  account: WechatAccount,
  message: PlatformMessage,
): Promise<WebhookResponse> {
  const delivery = signedDelivery(account, message.xml, Date.now(), randomBytes(8).toString('hex'));
  const url = `${origin}/wechat/${account.accountId}`;
  const response = await postToWebhook(url, delivery, patienceMs);
  if (response.kind === 'none') return response;
  const answer = readWebhookAnswer(response.body, {
    account,
    originalId,
    openid: message.openid,
    articles: 8,
  });
  switch (answer.kind) {
    case 'reply':
      return { kind: 'answer', reply: answer.reply };
    case 'silent':
      return { kind: 'answer', reply: null };
    case 'malformed':
      throw new Error(`the webhook answered what the platform refuses: ${answer.problem}`);
  }
}

/** As `deliver`, again and again for at most half a minute: more patient than the platform, which gives up sooner. */
export async function deliverUntilAnswered(
  origin: string,
  account: WechatAccount,
  message: PlatformMessage,
): Promise<Reply | null> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const response = await deliver(origin, account, message);
    if (response.kind === 'answer') return response.reply;
    if (performance.now() > deadline) throw new Error(`never acknowledged: ${response.problem}`);
    await sleep(500);
  }
}

function head(openid: string, sentAt: number): MessageFields {
  return { ToUserName: originalId, FromUserName: openid, CreateTime: Math.floor(sentAt / 1000) };
}
