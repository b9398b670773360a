import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Appointment } from './appointment.js';
import type { PurgeCounts, PurgeStore } from './personal-data-purge.js';

interface PurgeReport {
  runId: string;
  /** UTC. */
  startedAt: Date;
  /** Absent: it is under way, or its process died. */
  endedAt?: Date;
  deleted: Record<string, number>;
}

export class PurgeStoreMongo implements PurgeStore {
  readonly #appointments: mongo.Collection<Appointment>;
  readonly #notices: mongo.Collection<{ until: Date }>;
  readonly #reports: mongo.Collection<PurgeReport>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#appointments = db.collection<Appointment>('appointments');
    this.#notices = db.collection<{ until: Date }>('appointment_notices');
    this.#reports = db.collection<PurgeReport>('purge_reports');
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

  async removeNotices(before: Date): Promise<number> {
    return (await this.#notices.deleteMany({ until: { $lt: before } })).deletedCount;
  }

  async note(
    { runId, startedAt }: { runId: string; startedAt: Date },
    counts: PurgeCounts,
    tx?: Transaction,
  ): Promise<void> {
    const increments = Object.entries(counts).map(([kind, count]) => [`deleted.${kind}`, count]);
    await this.#reports.updateOne(
      { runId },
      { $setOnInsert: { startedAt }, ...(increments.length > 0 && { $inc: Object.fromEntries(increments) }) },
      { upsert: true, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  async close(tx: Transaction, runId: string, endedAt: Date): Promise<PurgeCounts> {
    const report = await this.#reports.findOneAndUpdate(
      { runId },
      { $set: { endedAt } },
      { returnDocument: 'after', session: sessionOf(tx) },
    );
    return report?.deleted ?? {};
  }
}
