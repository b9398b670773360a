import type { Reply } from './messages.js';

/** How the attempt to send a message ended. */
export type SendOutcome =
  /** `messageId`: by which the platform reports later what became of it; absent: it reports nothing. */
  | { status: 'sent'; messageId?: string }
  /** Nothing was delivered and a later attempt may succeed. */
  | { status: 'retry'; reason: string; retryAfterMs: number }
  /** Nothing was delivered and no attempt will help: the window is over, the citizen left, the content is refused. */
  | { status: 'refused'; reason: string }
  /** The call broke off half-way: it may or may not have been delivered. Never sent again by a machine. */
  | { status: 'unknown'; reason: string };

/** Sends a message to one citizen outside the response to a message. */
export interface OutboundMessenger {
  /** Never throws for what the platform answers; every refusal is an outcome. */
  send(accountId: string, openid: string, reply: Reply): Promise<SendOutcome>;
}

/** The way that a message took, or was to take. */
export const outboundChannels = ['customer_service', 'template'] as const;
export type OutboundChannel = (typeof outboundChannels)[number];

/** What is said in one of the account's templates, for when nothing else may be said. */
export interface TemplateText {
  /** As the platform calls the template. */
  templateId: string;
  /** What stands beside each keyword of the template, such as `thing1`. */
  data: Readonly<Record<string, string>>;
  /** The page that opens at a tap. */
  url?: string;
}

/** A message that nobody asked for at this moment, and that should arrive all the same. */
export interface OutboundNotice {
  /** While the citizen's window is open. */
  reply: Reply;
  /** Afterwards; null: the account has no template for it. */
  template: TemplateText | null;
  /** By which the platform recognises the same template message; unique, at most 64 letters, digits and `-_`. */
  clientMsgId: string;
}

export interface NoticeOutcome {
  /** The last one that was tried. */
  channel: OutboundChannel;
  outcome: SendOutcome;
}

export interface NoticeSending {
  /** Goes straight to this channel; absent: each in its turn. */
  only?: OutboundChannel;
  /** Told before the platform is asked, so that it is on record should this process end. False: it is not asked. */
  beforeCall: (channel: OutboundChannel) => Promise<boolean>;
}

/**
 * For how long the platform recognises a template message by its `clientMsgId`: within it an attempt whose fate is
 * unknown can be repeated. WeChat promises ten minutes; a minute is left for the attempt and for clocks that differ.
 */
export const templateRepeatMs = 9 * 60_000;

/** Sends a notice to one citizen by the channel that is open. */
export interface NoticeMessenger {
  /**
   * As a customer-service message; where the platform's window for it is over, as a template message (without one:
   * refused, `no_template`). Never throws for what the platform answers.
   *
   * @returns null: `beforeCall` refused, and nothing was asked.
   */
  sendNotice(
    accountId: string,
    openid: string,
    notice: OutboundNotice,
    sending: NoticeSending,
  ): Promise<NoticeOutcome | null>;
}
