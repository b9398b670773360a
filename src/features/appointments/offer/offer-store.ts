import type { Transaction } from '../../../core/transaction-runner.js';
import type { OfferItem, OfferKind } from './offer-item.js';

export interface OfferStore {
  /**
   * Counts one more change of the account's offer. Done first in every transaction that changes it, so that the
   * changes happen one after another and each sees what the one before has left.
   */
  advance(tx: Transaction, accountId: string): Promise<void>;
  /** How many changes there were. */
  findRevision(accountId: string, tx?: Transaction): Promise<number>;
  /** True while there were just so many. It is written to, so that whoever changes the offer comes after, or before. */
  relyOn(tx: Transaction, accountId: string, revision: number): Promise<boolean>;
  find<Kind extends OfferKind>(
    accountId: string,
    kind: Kind,
    id: string,
    tx?: Transaction,
  ): Promise<OfferItem<Kind> | null>;
  /** By their position, then by id. */
  list<Kind extends OfferKind>(accountId: string, kind: Kind, tx?: Transaction): Promise<OfferItem<Kind>[]>;
  /** Keeps an item in place of its version before; version 1 says that there was none. */
  put(tx: Transaction, item: OfferItem): Promise<void>;
  remove(tx: Transaction, item: OfferItem): Promise<void>;
  /** Gives those of a kind the places in which their ids come. */
  arrange(tx: Transaction, accountId: string, kind: OfferKind, ids: readonly string[]): Promise<void>;
}
