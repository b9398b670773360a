import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { KindEnding, PurgeReportStore, PurgeRunId } from './purge-report-store.js';
import type { KindReport, PurgeCounts, RetentionKind } from './retention-kind.js';

interface PurgeReport extends PurgeRunId {
  /** Absent: it is under way, or its process died. UTC. */
  endedAt?: Date;
  /** By `kind`. */
  kinds: Record<string, KindReport>;
  order: string[];
}

export class PurgeReportStoreMongo implements PurgeReportStore {
  readonly #reports: mongo.Collection<PurgeReport>;

  constructor(connection: MongoConnection) {
    this.#reports = databaseOf(connection).collection<PurgeReport>('purge_reports');
  }

  async begin(run: PurgeRunId, kinds: readonly RetentionKind[]): Promise<void> {
    const fresh = kinds.map(({ kind, title, keeps }): [string, KindReport] => [
      kind,
      { kind, title, keeps, held: 0, oldest: null, overdue: 0, deleted: {} },
    ]);
    const order = kinds.map(({ kind }) => kind);
    await this.#reports.insertOne({ ...run, kinds: Object.fromEntries(fresh), order });
  }

  async add({ runId }: PurgeRunId, kind: string, counts: PurgeCounts, tx?: Transaction): Promise<void> {
    const increments = Object.entries(counts).map(([what, count]) => [
      `kinds.${kind}.deleted.${what}`,
      count,
    ]);
    if (increments.length === 0) return;
    await this.#reports.updateOne(
      { runId },
      { $inc: Object.fromEntries(increments) },
      tx ? { session: sessionOf(tx) } : {},
    );
  }

  async endKind({ runId }: PurgeRunId, kind: string, ending: KindEnding): Promise<void> {
    const fields = Object.entries(ending).map(([name, value]) => [`kinds.${kind}.${name}`, value]);
    await this.#reports.updateOne({ runId }, { $set: Object.fromEntries(fields) });
  }

  async close(tx: Transaction, { runId }: PurgeRunId, endedAt: Date): Promise<KindReport[]> {
    const report = await this.#reports.findOneAndUpdate(
      { runId },
      { $set: { endedAt } },
      { returnDocument: 'after', session: sessionOf(tx) },
    );
    return report?.order.flatMap((kind) => report.kinds[kind] ?? []) ?? [];
  }
}
