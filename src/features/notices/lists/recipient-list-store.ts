import type { Transaction } from '../../../core/transaction-runner.js';
import type { ListedRecipient, RecipientList } from './recipient-list.js';

export interface ListRef {
  accountId: string;
  id: string;
}

export interface RecipientListStore {
  /** The rows come first; without the list itself they are deleted when they expire. */
  addRows(
    list: ListRef & Pick<RecipientList, 'expiresAt'>,
    page: number,
    rows: readonly ListedRecipient[],
  ): Promise<void>;
  removeRows(list: ListRef): Promise<void>;
  add(tx: Transaction, list: RecipientList): Promise<void>;
  find(list: ListRef, tx?: Transaction): Promise<RecipientList | null>;
  /** @returns false: it was confirmed already. */
  confirm(tx: Transaction, list: ListRef): Promise<boolean>;
  /** Unless it is kept longer anyway. */
  keepUntil(tx: Transaction, list: ListRef, expiresAt: Date): Promise<void>;
  /** One page of rows, as they were added; empty: there is none. */
  readRows(list: ListRef, page: number): Promise<readonly ListedRecipient[]>;
}

/** Rows of each page but the last. */
export const rowsPerPage = 500;
