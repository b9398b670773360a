import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Appointment } from './appointment.js';
import type { RemindedVisit, RemindedVisitReader, ReminderRange } from './notices/reminder-planner.js';

export const remindedVisitMigration: Migration = {
  id: 'appointments-6-reminders',
  async up(db) {
    await db
      .collection('appointments')
      .createIndex(
        { startsAt: 1 },
        { partialFilterExpression: { state: 'booked' }, name: 'booked_by_beginning' },
      );
  },
};

export class RemindedVisitStoreMongo implements RemindedVisitReader {
  readonly #appointments: mongo.Collection<Appointment>;

  constructor(connection: MongoConnection) {
    this.#appointments = databaseOf(connection).collection<Appointment>('appointments');
  }

  list({ from, to, known }: ReminderRange): AsyncIterable<RemindedVisit> {
    const isKnown =
      'before' in known
        ? { changedAt: { $lt: known.before } }
        : { $expr: { $lt: ['$changedAt', { $subtract: ['$startsAt', known.aheadMs] }] } };
    return this.#appointments.aggregate<RemindedVisit>([
      { $match: { state: 'booked', startsAt: { $gte: from, $lt: to }, openid: { $ne: '' }, ...isKnown } },
      { $project: { _id: 0, accountId: 1, appointmentId: 1, openid: 1, startsAt: 1 } },
    ]);
  }
}
