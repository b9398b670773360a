import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Appointment, AppointmentState } from './appointment.js';
import type { Citizen } from './booking-desk.js';
import type { OwnRecordStore } from './own-record-store.js';

const endedStates: AppointmentState[] = ['cancelled', 'closed', 'lapsed'];
const visitedStates: AppointmentState[] = ['arrived', 'missed'];

export class OwnRecordStoreMongo implements OwnRecordStore {
  readonly #appointments: mongo.Collection<Appointment>;

  constructor(connection: MongoConnection) {
    this.#appointments = databaseOf(connection).collection<Appointment>('appointments');
  }

  list({ accountId, openid }: Citizen, tx?: Transaction): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, openid }, { projection: { _id: 0 }, ...(tx && { session: sessionOf(tx) }) })
      .sort({ createdAt: -1 })
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
    return { deleted: ended.deletedCount, anonymised: modifiedCount };
  }
}
