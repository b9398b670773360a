/**
 * What passes between a citizen and the account, in words that know no channel.
 * `wechat/` turns the platform's messages into these and these into the platform's replies.
 */

/** What a citizen did. */
export type CitizenInput =
  | { kind: 'text'; text: string }
  | { kind: 'image'; mediaId: string; url: string }
  | { kind: 'voice'; mediaId: string; format: string; recognition?: string }
  | { kind: 'video'; mediaId: string; thumbMediaId: string }
  | { kind: 'location'; latitude: number; longitude: number; label: string }
  | { kind: 'link'; title: string; url: string }
  /** Began to follow the account, maybe through a QR code with a scene. */
  | { kind: 'follow'; scene?: string }
  | { kind: 'unfollow' }
  /** Scanned a QR code of the account while already following it. */
  | { kind: 'scan'; scene: string }
  /** Pressed a button of the bottom menu that carries a key. */
  | { kind: 'click'; key: string }
  /** Anything to be recorded and not answered: reports of the platform, unknown types. */
  | { kind: 'notification'; name: string };

/** One thing that a citizen did, ready for the dialog. */
export interface CitizenMessage {
  accountId: string;
  openid: string;
  /**
   * The idempotency key, unique within (accountId, openid): the same key is the same message, sent again.
   * Made by the channel (WeChat: the MsgId, or a digest of an event's fields).
   */
  key: string;
  /** When the platform says it happened: milliseconds since the epoch, UTC. */
  sentAt: number;
  input: CitizenInput;
  /** Every field of the platform's message, as it came, for the journal. */
  raw: Record<string, unknown>;
}

export interface ArticleCard {
  title: string;
  description: string;
  pictureUrl?: string;
  url: string;
}

/**
 * One thing that the account says. A frozen reply is one that is said to many: the same object each time, so that what
 * is worked out about it can be kept with it. Text may hold `<a href="…">…</a>` and line breaks, no other
 * mark-up.
 */
export type Reply =
  | { kind: 'text'; text: string }
  | { kind: 'image'; mediaId: string }
  | { kind: 'voice'; mediaId: string }
  | { kind: 'video'; mediaId: string; title: string; description: string }
  | { kind: 'music'; title: string; description: string; url: string; hqUrl?: string; thumbMediaId: string }
  | { kind: 'articles'; articles: ArticleCard[] }
  /** Hands the chat to the platform's customer-service desk, to one member of staff if named. */
  | { kind: 'transfer'; staffAccount?: string };

/**
 * An answer as the channel can deliver it: one reply in the response to the message,
 * the rest as messages that follow.
 */
export interface FittedAnswer {
  /** What goes into the response itself; null: nothing is said there. */
  now: Reply | null;
  later: Reply[];
}

/** The channel's limits, applied before an answer is committed, so that what is stored is what is sent. */
export interface AnswerFitter {
  fit(input: CitizenInput, replies: readonly Reply[]): FittedAnswer;
}
