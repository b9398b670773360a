import type { WechatAccount } from '../../src/wechat/account.js';
import {
  buildOpenid,
  buildText,
  deliver,
  deliverUntilAnswered,
  type PlatformMessage,
} from '../support/platform-sender.js';
import { inParallel } from './in-parallel.js';
import type { Acknowledged } from './journal.js';

/** Numbers of the menu, keywords, and what leads nowhere. No cry for help: that is answered without a journal too. */
const texts = ['3', '3', '身份证过期了', '2', '#', '广场上的鸽子归谁喂', '0', '港澳通行证多少钱'];
const messagesAtOnce = 64;

/** A crowd writes: each of `citizens` sends `each` messages, all mixed; nobody waits for the answer. */
export function buildCrowd(citizens: number, each: number): PlatformMessage[] {
  const openids = Array.from({ length: citizens }, buildOpenid);
  return Array.from({ length: each }, (_, round) =>
    openids.map((openid, index) => buildText(openid, texts[(round + index) % texts.length] ?? '0')),
  ).flat();
}

/**
 * Delivers every message once, 64 at a time; gives those that were acknowledged.
 * `onAcknowledged` is told how many have been so far.
 */
export async function deliverAll(
  origin: string,
  account: WechatAccount,
  messages: readonly PlatformMessage[],
  onAcknowledged: (count: number) => void = () => undefined,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  await inParallel(messages, messagesAtOnce, async (message) => {
    const response = await deliver(origin, account, message);
    if (response.kind === 'none') return;
    acknowledged.push({ message, reply: response.reply });
    onAcknowledged(acknowledged.length);
  });
  return acknowledged;
}

/** As `deliverAll`, where the platform does not give up; gives all of them. */
export async function deliverAllPatiently(
  origin: string,
  account: WechatAccount,
  messages: readonly PlatformMessage[],
  onAcknowledged: (count: number) => void,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  await inParallel(messages, messagesAtOnce, async (message) => {
    acknowledged.push({ message, reply: await deliverUntilAnswered(origin, account, message) });
    onAcknowledged(acknowledged.length);
  });
  return acknowledged;
}
