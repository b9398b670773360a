import type { Clock } from '../../core/clock.js';
import type { Reply } from '../../core/messages.js';
import type {
  NoticeMessenger,
  NoticeOutcome,
  NoticeSending,
  OutboundMessenger,
  OutboundNotice,
  SendOutcome,
} from '../../core/outbound-messenger.js';
import { toCustomMessage } from './custom-message.js';
import { nextPlatformDay } from './next-platform-day.js';
import { PlatformError, type ErrorAction } from './platform-errors.js';
import { toTemplateMessage } from './template-message.js';
import { TransportError } from './transport-error.js';
import type { WechatClient } from './wechat-client.js';

const second = 1_000;
const unreachablePauseMs = 10 * second;
const pausesMs: Partial<Record<ErrorAction, number>> = {
  refresh_token: 60 * second,
  // A person has to change something at the platform or in the settings first.
  tell_operator: 600 * second,
};

/** Sends replies as customer-service messages, and notices as template messages where those are not allowed. */
export class WechatMessenger implements OutboundMessenger, NoticeMessenger {
  readonly #clientOf: (accountId: string) => WechatClient | undefined;
  readonly #clock: Clock;

  constructor(clientOf: (accountId: string) => WechatClient | undefined, clock: Clock) {
    this.#clientOf = clientOf;
    this.#clock = clock;
  }

  /** A reason is stable: `<error group>:<errcode>`, the code of a transport failure, or one of ours. */
  async send(accountId: string, openid: string, reply: Reply): Promise<SendOutcome> {
    const message = toCustomMessage(reply);
    if (!message) return { status: 'refused', reason: 'not_sendable' };
    return this.#ask(accountId, (client) => client.sendCustomMessage(openid, message));
  }

  async sendNotice(
    accountId: string,
    openid: string,
    { reply, template, clientMsgId }: OutboundNotice,
    { only, beforeCall }: NoticeSending,
  ): Promise<NoticeOutcome | null> {
    if (only !== 'template') {
      if (!(await beforeCall('customer_service'))) return null;
      const outcome = await this.send(accountId, openid, reply);
      if (only === 'customer_service' || !isWindowOver(outcome))
        return { channel: 'customer_service', outcome };
    }
    if (!template) return { channel: 'template', outcome: { status: 'refused', reason: 'no_template' } };
    if (!(await beforeCall('template'))) return null;
    const message = toTemplateMessage(template, clientMsgId);
    const outcome = await this.#ask(accountId, (client) => client.sendTemplateMessage(openid, message));
    return { channel: 'template', outcome };
  }

  async #ask(
    accountId: string,
    call: (client: WechatClient) => Promise<string | void>,
  ): Promise<SendOutcome> {
    const client = this.#clientOf(accountId);
    if (!client) return { status: 'refused', reason: 'unknown_account' };
    try {
      const messageId = await call(client);
      return { status: 'sent', ...(messageId !== undefined && { messageId }) };
    } catch (error) {
      if (error instanceof PlatformError) return this.#outcomeOf(error);
      if (error instanceof TransportError) return outcomeOfTransport(error);
      throw error;
    }
  }

  #outcomeOf(error: PlatformError): SendOutcome {
    const reason = `${error.group}:${error.errcode}`;
    const retryAfterMs = this.#retryAfter(error);
    return retryAfterMs === undefined
      ? { status: 'refused', reason }
      : { status: 'retry', reason, retryAfterMs };
  }

  /** undefined: no later attempt will help. */
  #retryAfter({ policy: { action, pauseMs = 0 } }: PlatformError): number | undefined {
    if (action === 'retry') return Math.max(pauseMs, unreachablePauseMs);
    if (action === 'wait_for_reset') {
      const now = this.#clock.now();
      return nextPlatformDay(now).getTime() - now;
    }
    return pausesMs[action];
  }
}

/** Only another kind of message can be sent now: the window is closed, or all its messages are sent. */
function isWindowOver(outcome: SendOutcome): boolean {
  return outcome.status === 'refused' && outcome.reason.startsWith('receiver_window:');
}

function outcomeOfTransport({ code, delivered }: TransportError): SendOutcome {
  return delivered === 'no'
    ? { status: 'retry', reason: code, retryAfterMs: unreachablePauseMs }
    : { status: 'unknown', reason: code };
}
