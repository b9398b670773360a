import type { Transaction } from '../../../core/transaction-runner.js';

export interface NoticePicture {
  accountId: string;
  /** SHA-256 of the bytes, in hexadecimal digits: whoever approves a notice approves this very picture. */
  id: string;
  mediaType: 'image/png' | 'image/jpeg';
  bytes: Buffer;
}

/** Pictures of notices. */
export interface PictureStore {
  /** Again: it is kept for longer. */
  keep(tx: Transaction, picture: NoticePicture, expiresAt: Date): Promise<void>;
  has(accountId: string, id: string): Promise<boolean>;
  read(accountId: string, id: string): Promise<NoticePicture | null>;
}
