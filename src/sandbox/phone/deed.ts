import type { ChatContent } from '../../api-types/sandbox.js';
import type { Grant } from '../account-state.js';
import type { MessageFields } from '../delivery/message-xml.js';

/** One thing done: what the chat shows, and what the platform tells the account. */
export interface Deed {
  content: ChatContent;
  /** Without the fields that all messages have. */
  fields: MessageFields;
  opens: Grant['trigger'] | null;
  /** Default true. */
  tellsFailure?: boolean;
  /** Whether what the page shows of the account and its citizens changed with it. */
  changes?: boolean;
  /** Messages that the platform sends right after an event: the pictures, the place. */
  followedBy?: readonly Deed[];
}
