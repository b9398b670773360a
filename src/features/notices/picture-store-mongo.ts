import { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { NoticePicture, PictureStore } from './settings/picture-store.js';

interface PictureRecord {
  _id: { account: string; sha256: string };
  mediaType: NoticePicture['mediaType'];
  bytes: mongo.Binary;
  expiresAt: Date;
}

const collectionName = 'notice_pictures';

export const pictureMigration: Migration = {
  id: 'notices-0003-pictures',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });
  },
};

export class PictureStoreMongo implements PictureStore {
  readonly #pictures: mongo.Collection<PictureRecord>;

  constructor(connection: MongoConnection) {
    this.#pictures = databaseOf(connection).collection<PictureRecord>(collectionName);
  }

  async keep(tx: Transaction, picture: NoticePicture, expiresAt: Date): Promise<void> {
    const { accountId, id, mediaType, bytes } = picture;
    await this.#pictures.updateOne(
      { _id: keyOf(accountId, id) },
      { $setOnInsert: { mediaType, bytes: new mongo.Binary(bytes) }, $max: { expiresAt } },
      { upsert: true, session: sessionOf(tx) },
    );
  }

  async has(accountId: string, id: string): Promise<boolean> {
    return (await this.#pictures.countDocuments({ _id: keyOf(accountId, id) }, { limit: 1 })) > 0;
  }

  async read(accountId: string, id: string): Promise<NoticePicture | null> {
    const record = await this.#pictures.findOne({ _id: keyOf(accountId, id) });
    if (!record) return null;
    const { mediaType, bytes } = record;
    return { accountId, id, mediaType, bytes: Buffer.from(bytes.buffer) };
  }
}

function keyOf(account: string, sha256: string) {
  return { account, sha256 };
}
