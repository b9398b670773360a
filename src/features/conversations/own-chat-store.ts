import type { DataSubject } from '../compliance/own-data-part.js';
import type { AnsweredReader } from './answered-reader.js';
import type { Exchange } from './exchange.js';

/** A citizen's chat records, for their rights of access and erasure. */
export interface OwnChatStore extends AnsweredReader {
  /** In order. @param after the `seq` of the last one that is known; 0: from the beginning. */
  list(citizen: DataSubject, after: number, limit: number): Promise<Exchange[]>;
  findNewest(citizen: DataSubject): Promise<Pick<Exchange, 'seq' | 'key' | 'release' | 'expiresAt'> | null>;
  /** Appends behind the newest. False: somebody else has just done so. */
  append(exchange: Exchange): Promise<boolean>;
  /** Deletes up to `limit` exchanges before that one. @returns how many. */
  removeBefore(citizen: DataSubject, seq: number, limit: number): Promise<number>;
  /** Deletes what was to be sent, or was sent, behind an answer, but for what is on its way. @returns how many. */
  removeOutbox(citizen: DataSubject): Promise<number>;
}
