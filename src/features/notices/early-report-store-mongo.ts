import type { mongo } from 'mongoose';
import { insertMissing } from '../../storage/insert-missing.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { EarlyReport, EarlyReportStore, WaitingReport } from './reports/report-stores.js';

const collectionName = 'notice_early_reports';
const keptMs = 7 * 86_400_000;

export const earlyReportMigration: Migration = {
  id: 'notices-5-early-reports',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { dueAt: 1 }, name: 'due' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

interface EarlyReportRecord {
  /** `<account>:<message>`. */
  _id: string;
  report: EarlyReport;
  tries: number;
  dueAt: Date;
  expiresAt: Date;
}

export class EarlyReportStoreMongo implements EarlyReportStore {
  readonly #reports: mongo.Collection<EarlyReportRecord>;

  constructor(connection: MongoConnection) {
    this.#reports = databaseOf(connection).collection<EarlyReportRecord>(collectionName);
  }

  async addMany(reports: readonly EarlyReport[], dueAt: Date): Promise<void> {
    if (reports.length === 0) return;
    const expiresAt = new Date(dueAt.getTime() + keptMs);
    await insertMissing(
      this.#reports,
      reports.map((report) => ({ _id: idOf(report), report, tries: 0, dueAt, expiresAt })),
    );
  }

  async listDue(now: Date, limit: number): Promise<WaitingReport[]> {
    const found = await this.#reports.find({ dueAt: { $lte: now } }, { sort: { dueAt: 1 }, limit }).toArray();
    return found.map(({ _id, report, tries }) => ({ id: _id, report, tries }));
  }

  async postpone(reports: readonly WaitingReport[], dueAt: Date): Promise<void> {
    await this.#reports.updateMany(among(reports), { $set: { dueAt }, $inc: { tries: 1 } });
  }

  async remove(reports: readonly WaitingReport[]): Promise<void> {
    await this.#reports.deleteMany(among(reports));
  }
}

function among(reports: readonly WaitingReport[]) {
  return { _id: { $in: reports.map(({ id }) => id) } };
}

function idOf({ accountId, messageId }: EarlyReport): string {
  return `${accountId}:${messageId}`;
}
