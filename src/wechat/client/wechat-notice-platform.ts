import type { Clock, Sleep } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type {
  MassCallRequest,
  MassOutcome,
  NoticeMedium,
  NoticePlatform,
  PersonalMessage,
  PersonalOutcome,
  PlatformQuota,
  PlatformTemplate,
  QuotaKind,
} from '../../features/notices/notice-platform-port.js';
import { AdaptiveRate } from './adaptive-rate.js';
import type { CustomMessage } from './custom-message.js';
import { findClient } from './find-client.js';
import { pictureBytes } from './limits.js';
import type { NoticeCalls } from './notice-calls.js';
import { isAnswerToCall, isRateRefusal, judgeMass, judgePersonal } from './notice-outcome.js';
import { toSubscriptionMessage, toTemplateMessage } from './template-message.js';
import type { WechatClient } from './wechat-client.js';

export interface WechatNoticePlatformOptions {
  /** By account id. */
  clients: ReadonlyMap<string, WechatClient>;
  clock: Clock;
  /** For rates; never goes back. */
  steadyClock: Clock;
  sleep: Sleep;
}

/** Pictures that the platform takes, and how it wants them named. */
const pictureNames: ReadonlyMap<string, string> = new Map([
  ['image/png', 'picture.png'],
  ['image/jpeg', 'picture.jpg'],
  ['image/gif', 'picture.gif'],
]);

const unknownAccount = {
  kind: 'halt',
  reason: 'unknown_account',
  cause: 'configuration',
  until: null,
} as const;

/** Notices through the platform's API: single attempts, and a rate for each account and interface. */
export class WechatNoticePlatform implements NoticePlatform {
  readonly #options: WechatNoticePlatformOptions;
  readonly #rates = new Map<string, AdaptiveRate>();

  constructor(options: WechatNoticePlatformOptions) {
    this.#options = options;
  }

  admit(accountId: string, channel: QuotaKind, signal: AbortSignal): Promise<void> {
    return this.#rateOf(accountId, channel).admit(signal);
  }

  async send(accountId: string, openid: string, message: PersonalMessage): Promise<PersonalOutcome> {
    const calls = this.#options.clients.get(accountId)?.notices;
    if (!calls) return unknownAccount;
    try {
      const messageId = await this.#measured(accountId, message.channel, () =>
        sendPersonal(calls, openid, message),
      );
      return { kind: 'accepted', messageId: messageId ?? null };
    } catch (error) {
      const outcome = judgePersonal(error, this.#options.clock.now());
      if (!outcome) throw error;
      return outcome;
    }
  }

  async sendMass(accountId: string, call: MassCallRequest): Promise<MassOutcome> {
    const calls = this.#options.clients.get(accountId)?.notices;
    if (!calls) return unknownAccount;
    try {
      return {
        kind: 'accepted',
        messageId: await this.#measured(accountId, 'mass', () => calls.sendMass(call)),
      };
    } catch (error) {
      const outcome = judgeMass(error, this.#options.clock.now());
      if (!outcome) throw error;
      return outcome;
    }
  }

  async readMassState(
    accountId: string,
    messageId: string,
  ): Promise<'sent' | 'sending' | 'failed' | 'deleted'> {
    return this.#callsOf(accountId).readMassState(messageId);
  }

  /** @throws UserError `picture_type` for anything but PNG, JPEG and GIF; `picture_too_large` for over 10 MB */
  async uploadPicture(
    accountId: string,
    { bytes, mediaType }: { bytes: Buffer; mediaType: string },
  ): Promise<string> {
    const fileName = pictureNames.get(mediaType);
    if (fileName === undefined) throw new UserError('picture_type', '图片只能是 PNG、JPG 或 GIF');
    if (bytes.length > pictureBytes) throw new UserError('picture_too_large', '图片不能超过 10 MB');
    return this.#callsOf(accountId).uploadPicture(fileName, mediaType, bytes);
  }

  async listTemplates(accountId: string): Promise<PlatformTemplate[]> {
    return this.#callsOf(accountId).listTemplates();
  }

  async listSubscriptionTemplates(accountId: string): Promise<PlatformTemplate[]> {
    return this.#callsOf(accountId).listSubscriptionTemplates();
  }

  async readQuota(accountId: string, kind: QuotaKind): Promise<PlatformQuota> {
    return this.#callsOf(accountId).readQuota(kind);
  }

  /** Lets the rate learn from how the call ends; a call that never reached the platform teaches nothing. */
  async #measured<Result>(
    accountId: string,
    channel: QuotaKind,
    call: () => Promise<Result>,
  ): Promise<Result> {
    const rate = this.#rateOf(accountId, channel);
    const startedAt = this.#options.steadyClock.now();
    try {
      const result = await call();
      rate.succeeded(startedAt);
      return result;
    } catch (error) {
      if (isRateRefusal(error)) rate.refused(startedAt);
      else if (isAnswerToCall(error)) rate.succeeded(startedAt);
      throw error;
    }
  }

  #rateOf(accountId: string, channel: QuotaKind): AdaptiveRate {
    const key = `${channel}:${accountId}`;
    const known = this.#rates.get(key);
    if (known) return known;
    const rate = new AdaptiveRate(this.#options.steadyClock, this.#options.sleep);
    this.#rates.set(key, rate);
    return rate;
  }

  #callsOf(accountId: string): NoticeCalls {
    return findClient(this.#options.clients, accountId).notices;
  }
}

/** @returns the id by which the platform reports what became of the message, where it gives one. */
async function sendPersonal(
  calls: NoticeCalls,
  openid: string,
  message: PersonalMessage,
): Promise<string | undefined> {
  switch (message.channel) {
    case 'customer_service':
      await calls.sendCustom(openid, toCustomMedium(message.medium));
      return undefined;
    case 'subscription':
      return calls.sendSubscription(openid, toSubscriptionMessage(message.template));
    case 'template':
      return calls.sendTemplate(openid, toTemplateMessage(message.template, message.clientMsgId));
  }
}

function toCustomMedium(medium: NoticeMedium): CustomMessage {
  return medium.kind === 'text'
    ? { msgtype: 'text', text: { content: medium.text } }
    : { msgtype: 'image', image: { media_id: medium.mediaId } };
}
