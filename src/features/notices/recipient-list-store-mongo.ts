import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { ListedRecipient, RecipientList } from './lists/recipient-list.js';
import type { ListRef, RecipientListStore } from './lists/recipient-list-store.js';

type ListRecord = Omit<RecipientList, 'id'> & { _id: string };

interface PageRecord {
  _id: { list: string; page: number };
  accountId: string;
  rows: readonly ListedRecipient[];
  expiresAt: Date;
}

const listsName = 'notice_lists';
const pagesName = 'notice_list_pages';

export const recipientListMigration: Migration = {
  id: 'notices-0002-lists',
  async up(db) {
    for (const name of [listsName, pagesName]) {
      await db.collection(name).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });
    }
    await db.collection(pagesName).createIndex({ '_id.list': 1 }, { name: 'list' });
  },
};

export class RecipientListStoreMongo implements RecipientListStore {
  readonly #lists: mongo.Collection<ListRecord>;
  readonly #pages: mongo.Collection<PageRecord>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#lists = db.collection<ListRecord>(listsName);
    this.#pages = db.collection<PageRecord>(pagesName);
  }

  async addRows(
    { accountId, id, expiresAt }: ListRef & Pick<RecipientList, 'expiresAt'>,
    page: number,
    rows: readonly ListedRecipient[],
  ): Promise<void> {
    await this.#pages.insertOne({ _id: { list: id, page }, accountId, rows, expiresAt });
  }

  async removeRows({ accountId, id }: ListRef): Promise<void> {
    await this.#pages.deleteMany({ '_id.list': id, accountId });
  }

  async add(tx: Transaction, { id, ...list }: RecipientList): Promise<void> {
    await this.#lists.insertOne({ _id: id, ...list }, { session: sessionOf(tx) });
  }

  async find({ accountId, id }: ListRef, tx?: Transaction): Promise<RecipientList | null> {
    const options = tx ? { session: sessionOf(tx) } : {};
    const record = await this.#lists.findOne({ _id: id, accountId }, options);
    if (!record) return null;
    const { _id, ...list } = record;
    return { id: _id, ...list };
  }

  async confirm(tx: Transaction, { accountId, id }: ListRef): Promise<boolean> {
    const { matchedCount } = await this.#lists.updateOne(
      { _id: id, accountId, confirmed: false },
      { $set: { confirmed: true } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async keepUntil(tx: Transaction, { accountId, id }: ListRef, expiresAt: Date): Promise<void> {
    const session = sessionOf(tx);
    await this.#lists.updateOne({ _id: id, accountId }, { $max: { expiresAt } }, { session });
    await this.#pages.updateMany({ '_id.list': id, accountId }, { $max: { expiresAt } }, { session });
  }

  async readRows({ accountId, id }: ListRef, page: number): Promise<readonly ListedRecipient[]> {
    const record = await this.#pages.findOne({ _id: { list: id, page }, accountId });
    return record?.rows ?? [];
  }
}
