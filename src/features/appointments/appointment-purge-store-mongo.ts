import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Appointment } from './appointment.js';
import type { AppointmentPurgeStore } from './appointment-purge-store.js';

export class AppointmentPurgeStoreMongo implements AppointmentPurgeStore {
  readonly #appointments: mongo.Collection<Appointment>;

  constructor(connection: MongoConnection) {
    this.#appointments = databaseOf(connection).collection<Appointment>('appointments');
  }

  listExpired(now: Date, limit: number, tx: Transaction): Promise<Appointment[]> {
    return this.#appointments
      .find({ expiresAt: { $lte: now } }, { projection: { _id: 0 }, session: sessionOf(tx) })
      .limit(limit)
      .toArray();
  }

  async remove(tx: Transaction, appointments: readonly Appointment[]): Promise<void> {
    const keys = appointments.map(({ accountId, appointmentId }) => ({ accountId, appointmentId }));
    await this.#appointments.deleteMany({ $or: keys }, { session: sessionOf(tx) });
  }
}
