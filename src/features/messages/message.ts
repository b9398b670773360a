import type { Actor } from '../../core/actor.js';
import type { Asker } from '../conversations/dialog-requests.js';

/** What a citizen left for the staff: 留言, or 纠错 about an answer. */
export type MessageKind = 'message' | 'correction';

export interface Picture {
  mediaId: string;
  url: string;
}

/** What was consented to before a personal field was asked. */
export interface Consent {
  /** The privacy notice, by its version. */
  notice: string;
  at: Date;
}

/** The answer that a correction is about. */
export interface AnswerRef {
  reply: string;
  release: number;
}

/** What a citizen wrote, readable; never stored like this. */
export interface MessageWords {
  text: string;
  phone?: string;
  picture?: Picture;
}

/** What a citizen hands in. */
export interface NewMessage extends MessageWords {
  kind: MessageKind;
  about?: AnswerRef;
  consent?: Consent;
}

/**
 * A message as it is stored. Everything that the citizen wrote is sealed: a text as long as a letter holds names and
 * numbers that no field asked for.
 */
export interface StoredMessage extends Pick<Asker, 'accountId' | 'openid' | 'key'> {
  kind: MessageKind;
  /** What the citizen is told and staff ask by; unique within the account. */
  receipt: string;
  /** `MessageWords`, as one sealed text. */
  sealed: string;
  /** To find the messages of a telephone number: a keyed digest. */
  phoneHash?: string;
  about?: AnswerRef;
  consent?: Consent;
  /** What was done about it, by whom and when, UTC; absent: nothing yet. */
  handled?: { by: Actor['by']; at: Date; note: string };
  /** When it was handed in, UTC. */
  at: Date;
  /** When it is deleted, UTC: as the privacy notice promised. */
  expiresAt: Date;
}

/** A message as staff see it. */
export interface MessageView extends Pick<
  StoredMessage,
  'receipt' | 'kind' | 'about' | 'consent' | 'handled' | 'at' | 'expiresAt'
> {
  /** Null: the key that it was sealed with is not known any more. */
  words: MessageWords | null;
}
