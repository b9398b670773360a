import type { TemplateText } from '../../core/outbound-messenger.js';

/** The ways in which a notice reaches one citizen by a message of their own. */
export const personalChannels = ['customer_service', 'subscription', 'template'] as const;
export type PersonalChannel = (typeof personalChannels)[number];

/** What is said to many at once, or within a citizen's window. */
export type NoticeMedium = { kind: 'text'; text: string } | { kind: 'picture'; mediaId: string };

export type PersonalMessage =
  /** Within 48 hours of the citizen's last message. */
  | { channel: 'customer_service'; medium: NoticeMedium }
  /** Needs a consent; the platform does not recognise a repeat. */
  | { channel: 'subscription'; template: TemplateText }
  /** @property clientMsgId by which the platform recognises a repeat within ten minutes; at most 64 of `[\w-]`. */
  | { channel: 'template'; template: TemplateText; clientMsgId: string };

/** Why nothing of a notice can be sent for now, whoever receives it. */
export type HaltCause =
  /** The platform no longer takes this machine, this account or this interface: a person must act there. */
  | 'configuration'
  /** No access token is to be had. */
  | 'token'
  /** The template was withdrawn, or its fields are others. */
  | 'template'
  /** The calls of a day, or of a month, are used up. */
  | 'quota';

/** How an attempt ended. `reason` is stable: `<error group>:<errcode>`, or the code of a transport failure. */
export type PersonalOutcome =
  /** @property messageId by which the platform reports what became of it; null where it reports nothing. */
  | { kind: 'accepted'; messageId: string | null }
  /** Not by this channel, perhaps by another: no window, no consent. */
  | { kind: 'fall_back'; reason: string }
  /** This citizen cannot be reached at all. */
  | { kind: 'unreachable'; reason: string }
  /** What is said to this citizen is refused. */
  | { kind: 'refused'; reason: string }
  /** Nothing was done, a later attempt may succeed: too many calls at once, a busy platform, no connection. */
  | { kind: 'later'; reason: string; retryAfterMs: number }
  /** Nothing was done, and nothing can be for the whole notice. @property until when it may work again by itself. */
  | { kind: 'halt'; reason: string; cause: HaltCause; until: Date | null }
  /** The call broke off half-way. */
  | { kind: 'unknown'; reason: string };

/** One call of the mass interface. */
export interface MassCallRequest {
  /** 2–10,000. */
  openids: readonly string[];
  medium: NoticeMedium;
  /** At most 64 bytes; for a repeat the platform answers what it answered first. */
  clientMsgId: string;
}

export type MassOutcome =
  | { kind: 'accepted'; messageId: string }
  | Exclude<PersonalOutcome, { kind: 'accepted' | 'fall_back' | 'unreachable' }>;

/** A template as the account has it at the platform. */
export interface PlatformTemplate {
  id: string;
  title: string;
  /** In their order: `thing1` and what stands before it on the card. */
  fields: readonly { keyword: string; name: string }[];
  /** What the platform shows as an example; may be empty. */
  example: string;
  /** Of a subscription template: one consent allows any number of messages. Absent: of one message. */
  isLongTerm?: boolean;
}

export interface PlatformQuota {
  dailyLimit: number;
  used: number;
  remaining: number;
}

export type QuotaKind = PersonalChannel | 'mass';

/** What the notices ask of the platform. Sending never throws for what the platform answers. */
export interface NoticePlatform {
  /**
   * Resolves when one more call by this channel keeps to the account's present rate; calls are admitted in the order
   * in which they asked. To be asked before an attempt is put on record. Rejects only when `signal` is aborted.
   */
  admit(accountId: string, channel: QuotaKind, signal: AbortSignal): Promise<void>;
  /** One attempt, without repeats of its own. */
  send(accountId: string, openid: string, message: PersonalMessage): Promise<PersonalOutcome>;
  sendMass(accountId: string, call: MassCallRequest): Promise<MassOutcome>;
  /** What became of a mass message, for when no report came. */
  readMassState(accountId: string, messageId: string): Promise<'sent' | 'sending' | 'failed' | 'deleted'>;
  /** A picture for three days. @throws OperationalError */
  uploadPicture(accountId: string, picture: { bytes: Buffer; mediaType: string }): Promise<string>;
  /** @throws OperationalError */
  listTemplates(accountId: string): Promise<PlatformTemplate[]>;
  /** Those for subscription notifications. @throws OperationalError */
  listSubscriptionTemplates(accountId: string): Promise<PlatformTemplate[]>;
  /** @throws OperationalError */
  readQuota(accountId: string, kind: QuotaKind): Promise<PlatformQuota>;
}
