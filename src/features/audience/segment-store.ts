import type { Transaction } from '../../core/transaction-runner.js';
import type { Segment } from './segment.js';

/** The segments that staff keep; their names differ within an account. */
export interface SegmentStore {
  /** By name. */
  list(accountId: string): Promise<Segment[]>;
  find(accountId: string, id: string, tx?: Transaction): Promise<Segment | null>;
  findByName(accountId: string, name: string, tx: Transaction): Promise<Segment | null>;
  /** After a look in the same transaction that the name is free. */
  add(tx: Transaction, segment: Segment): Promise<void>;
  /** Puts `after` where the transaction has read `before`. */
  replace(tx: Transaction, before: Segment, after: Segment): Promise<void>;
  remove(tx: Transaction, segment: Segment): Promise<void>;
}
