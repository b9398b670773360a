import type { Transaction } from '../../core/transaction-runner.js';
import type { MessageKind, StoredMessage } from './message.js';

/** `receipt_taken`: another message has this receipt number; nothing was written. */
export type AddOutcome =
  { kind: 'added' } | { kind: 'repeated'; stored: StoredMessage } | { kind: 'receipt_taken' };

export interface MessageFilter {
  accountId: string;
  kind?: MessageKind;
  isHandled?: boolean;
  /** Digest of the telephone number that was left. */
  phoneHash?: string;
}

export interface MessagePage {
  limit: number;
  /** Receipt number of the last message of the page before. */
  after?: string;
}

export interface MessageStore {
  /** Keeps the message once per (accountId, openid, key); a repeat gets what is stored. */
  add(message: StoredMessage): Promise<AddOutcome>;
  findByReceipt(accountId: string, receipt: string, tx?: Transaction): Promise<StoredMessage | null>;
  /** The latest first. */
  list(filter: MessageFilter, page: MessagePage): Promise<StoredMessage[]>;
  /** Those that nobody has handled. */
  countOpen(accountId: string): Promise<number>;
  /** Notes what was done about a message that the transaction has read. */
  setHandled(
    tx: Transaction,
    message: StoredMessage,
    handled: NonNullable<StoredMessage['handled']>,
  ): Promise<void>;
}
