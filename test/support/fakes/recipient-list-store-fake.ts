import type { Transaction } from '../../../src/core/transaction-runner.js';
import type {
  ListRef,
  RecipientListStore,
} from '../../../src/features/notices/lists/recipient-list-store.js';
import type { ListedRecipient, RecipientList } from '../../../src/features/notices/lists/recipient-list.js';
import { setOrRestore } from './set-or-restore.js';

/** Lists of recipients in memory; nothing expires. */
export class RecipientListStoreFake implements RecipientListStore {
  readonly lists = new Map<string, RecipientList>();
  readonly pages = new Map<string, readonly ListedRecipient[]>();

  async addRows({ accountId, id }: ListRef, page: number, rows: readonly ListedRecipient[]): Promise<void> {
    this.pages.set(`${accountId} ${id} ${page}`, rows);
  }

  async removeRows({ accountId, id }: ListRef): Promise<void> {
    for (const key of this.pages.keys()) {
      if (key.startsWith(`${accountId} ${id} `)) this.pages.delete(key);
    }
  }

  async add(tx: Transaction, list: RecipientList): Promise<void> {
    setOrRestore(tx, this.lists, list.id, list);
  }

  async find({ accountId, id }: ListRef): Promise<RecipientList | null> {
    const list = this.lists.get(id);
    return list?.accountId === accountId ? list : null;
  }

  async confirm(tx: Transaction, ref: ListRef): Promise<boolean> {
    const list = await this.find(ref);
    if (!list || list.confirmed) return false;
    setOrRestore(tx, this.lists, list.id, { ...list, confirmed: true });
    return true;
  }

  async keepUntil(tx: Transaction, ref: ListRef, expiresAt: Date): Promise<void> {
    const list = await this.find(ref);
    if (list && list.expiresAt < expiresAt) setOrRestore(tx, this.lists, list.id, { ...list, expiresAt });
  }

  async readRows({ accountId, id }: ListRef, page: number): Promise<readonly ListedRecipient[]> {
    return this.pages.get(`${accountId} ${id} ${page}`) ?? [];
  }
}
