import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Appointment, AppointmentState } from './appointment.js';
import type { Citizen } from './booking-desk.js';
import type { OwnNotice, OwnRecordStore } from './own-record-store.js';

const noticesName = 'appointment_notices';

export const ownNoticeMigration: Migration = {
  id: 'appointments-8-notices-of-citizen',
  async up(db) {
    await db.collection(noticesName).createIndex({ accountId: 1, openid: 1, dueAt: -1 }, { name: 'citizen' });
  },
};

const endedStates: AppointmentState[] = ['cancelled', 'closed', 'lapsed'];
const visitedStates: AppointmentState[] = ['arrived', 'missed'];

export class OwnRecordStoreMongo implements OwnRecordStore {
  readonly #appointments: mongo.Collection<Appointment>;
  readonly #notices: mongo.Collection<OwnNotice>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#appointments = db.collection<Appointment>('appointments');
    this.#notices = db.collection<OwnNotice>(noticesName);
  }

  list({ accountId, openid }: Citizen, tx?: Transaction): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, openid }, { projection: { _id: 0 }, ...(tx && { session: sessionOf(tx) }) })
      .sort({ createdAt: -1 })
      .toArray();
  }

  listNotices({ accountId, openid }: Citizen): Promise<OwnNotice[]> {
    return this.#notices
      .find({ accountId, openid }, { projection: { _id: 0 } })
      .sort({ dueAt: -1 })
      .toArray();
  }

  async erase(
    tx: Transaction,
    { accountId, openid }: Citizen,
  ): Promise<{ deleted: number; anonymised: number }> {
    const session = sessionOf(tx);
    const ended = await this.#appointments.deleteMany(
      { accountId, openid, state: { $in: endedStates } },
      { session },
    );
    const { modifiedCount } = await this.#appointments.updateMany(
      { accountId, openid, state: { $in: visitedStates } },
      { $set: { openid: '' }, $unset: { sealed: 1, code: 1, consent: 1, objection: 1 } },
      { session },
    );
    const notices = await this.#notices.deleteMany(
      { accountId, openid, state: { $ne: 'sending' } },
      { session },
    );
    return { deleted: ended.deletedCount + notices.deletedCount, anonymised: modifiedCount };
  }
}
