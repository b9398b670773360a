import type { CitizenMessage, Reply } from '../../core/messages.js';

/** What a channel says back in the response to a message. */
export type ConversationResponse =
  /** Committed to the journal. `reply` null: nothing is to be said. */
  | { kind: 'answer'; reply: Reply | null }
  /** Promised durably: the answer will follow as a message of its own. */
  | { kind: 'later' }
  /** Nothing could be stored: the channel must not acknowledge, so that the platform sends again. */
  | { kind: 'unavailable' };

/** The door's view of the conversations: give a message, get what to respond within the channel's time. */
export interface ConversationPort {
  /** Never throws; resolves within the deadline that the conversations were made with, plus one durable write. */
  respond(message: CitizenMessage): Promise<ConversationResponse>;
}
