import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { QuietHours } from './quiet-hours.js';
import type { NoticePreset, NoticeSettingsStore } from './settings/notice-settings-store.js';

interface SettingsRecord {
  _id: string;
  quietHours?: QuietHours | null;
  hasDemo?: boolean;
}

interface PresetRecord extends Omit<NoticePreset, 'id'> {
  _id: string;
  /** Where it stands in the list. */
  createdAt: Date;
}

const presetsName = 'notice_presets';

export const noticeSettingsMigration: Migration = {
  id: 'notices-0004-presets',
  async up(db) {
    await db.collection(presetsName).createIndex({ accountId: 1, createdAt: 1, _id: 1 }, { name: 'presets' });
  },
};

export class NoticeSettingsStoreMongo implements NoticeSettingsStore {
  readonly #settings: mongo.Collection<SettingsRecord>;
  readonly #presets: mongo.Collection<PresetRecord>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#settings = db.collection<SettingsRecord>('notice_settings');
    this.#presets = db.collection<PresetRecord>(presetsName);
  }

  async readQuietHours(accountId: string, tx?: Transaction): Promise<QuietHours | null> {
    return (await this.#settings.findOne({ _id: accountId }, within(tx)))?.quietHours ?? null;
  }

  async setQuietHours(tx: Transaction, accountId: string, quietHours: QuietHours | null): Promise<void> {
    await this.#settings.updateOne(
      { _id: accountId },
      { $set: { quietHours } },
      { upsert: true, ...within(tx) },
    );
  }

  async markDemoGiven(tx: Transaction, accountId: string): Promise<boolean> {
    const before = await this.#settings.findOneAndUpdate(
      { _id: accountId },
      { $set: { hasDemo: true } },
      { upsert: true, returnDocument: 'before', ...within(tx) },
    );
    return before?.hasDemo !== true;
  }

  async listPresets(accountId: string, tx?: Transaction): Promise<NoticePreset[]> {
    const records = await this.#presets
      .find({ accountId }, within(tx))
      .sort({ createdAt: 1, _id: 1 })
      .toArray();
    return records.map(({ _id, createdAt: _createdAt, ...preset }) => ({ id: _id, ...preset }));
  }

  async addPreset(tx: Transaction, { id, ...preset }: NoticePreset): Promise<void> {
    await this.#presets.insertOne({ _id: id, ...preset, createdAt: preset.updatedAt }, within(tx));
  }

  async replacePreset(tx: Transaction, { id, accountId, ...preset }: NoticePreset): Promise<boolean> {
    const { matchedCount } = await this.#presets.updateOne(
      { _id: id, accountId },
      { $set: preset },
      within(tx),
    );
    return matchedCount === 1;
  }

  async removePreset(
    tx: Transaction,
    { accountId, id }: Pick<NoticePreset, 'accountId' | 'id'>,
  ): Promise<void> {
    await this.#presets.deleteOne({ _id: id, accountId }, within(tx));
  }
}

function within(tx: Transaction | undefined) {
  return tx ? { session: sessionOf(tx) } : {};
}
