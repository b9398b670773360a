import type { StoredMessage } from './message.js';

/** `receipt_taken`: another message has this receipt number; nothing was written. */
export type AddOutcome =
  { kind: 'added' } | { kind: 'repeated'; stored: StoredMessage } | { kind: 'receipt_taken' };

export interface MessageStore {
  /** Keeps the message once per (accountId, openid, key); a repeat gets what is stored. */
  add(message: StoredMessage): Promise<AddOutcome>;
  findByReceipt(accountId: string, receipt: string): Promise<StoredMessage | null>;
  /** The latest first. */
  list(accountId: string, limit: number): Promise<StoredMessage[]>;
  /** Those of a telephone number, the latest first. */
  listByPhone(accountId: string, phoneHash: string, limit: number): Promise<StoredMessage[]>;
}
