import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { AppointmentNotice, AppointmentNoticeBook } from './appointment-notice.js';

const collectionName = 'appointment_notices';

export const appointmentNoticeMigration: Migration = {
  id: 'appointments-3-notices',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, appointmentId: 1, kind: 1, about: 1 }, unique: true, name: 'notice' },
      { key: { dueAt: 1 }, name: 'due' },
    ]);
  },
};

/** What is owed to citizens, in `appointment_notices`; whoever sends adds what became of it. */
export class AppointmentNoticeStoreMongo implements AppointmentNoticeBook {
  readonly #notices: mongo.Collection<AppointmentNotice>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<AppointmentNotice>(collectionName);
  }

  async add(tx: Transaction, { dueAt, until, ...notice }: AppointmentNotice): Promise<void> {
    const { accountId, appointmentId, kind, about } = notice;
    await this.#notices
      .updateOne(
        { accountId, appointmentId, kind, about },
        { $setOnInsert: { ...notice, dueAt, until } },
        { upsert: true, session: sessionOf(tx) },
      )
      .catch(runAgainOnDuplicate);
  }
}
