import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { KnownTags, TagStore } from './tag-store.js';

interface TagsDocument extends KnownTags {
  /** The account. */
  _id: string;
}

const collectionName = 'audience_tags';

/** A transaction that has to make a collection locks out the others. */
export const audienceTagMigration: Migration = {
  id: 'audience-2-tags',
  async up(db) {
    const present = await db.listCollections({ name: collectionName }).toArray();
    if (present.length === 0) await db.createCollection(collectionName);
  },
};

/** WeChat: at most 100 tags an account, so they are one document. */
export class TagStoreMongo implements TagStore {
  readonly #tags: mongo.Collection<TagsDocument>;

  constructor(connection: MongoConnection) {
    this.#tags = databaseOf(connection).collection<TagsDocument>(collectionName);
  }

  async find(accountId: string, tx?: Transaction): Promise<KnownTags | null> {
    const found = await this.#tags.findOne({ _id: accountId }, within(tx));
    return found && { tags: found.tags, readAt: found.readAt };
  }

  async keep(accountId: string, { tags, readAt }: KnownTags, tx?: Transaction): Promise<void> {
    await this.#tags
      .updateOne({ _id: accountId }, { $set: { tags, readAt } }, { ...within(tx), upsert: true })
      .catch(runAgainOnDuplicate);
  }
}

function within(tx: Transaction | undefined): { session?: mongo.ClientSession } {
  return tx ? { session: sessionOf(tx) } : {};
}
