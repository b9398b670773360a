import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import { systemAccount } from '../../core/permissions.js';
import type { JobReport } from '../../core/scheduler.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { PurgeReportStore, PurgeRunId } from './purge-report-store.js';
import type { KindReport, RetentionKind } from './retention-kind.js';

export interface PurgeWatcher {
  /** The database has not deleted what it ought to have. */
  overdueFound(kind: string, count: number): void;
  kindFailed(kind: string, error: unknown): void;
}

export interface PersonalDataPurgeParts {
  kinds: readonly RetentionKind[];
  reports: PurgeReportStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  watcher: PurgeWatcher;
  clock: Clock;
  newId: () => string;
}

/**
 * Deletes personal data whose time is over (个人信息保护法 §47), kind by kind, and keeps one report of the run: how much
 * of each kind went, how much there is and from when. Each count is written with the deletion that it counts, the end
 * with an event of the audit trail.
 */
export class PersonalDataPurge {
  readonly #parts: PersonalDataPurgeParts;

  constructor(parts: PersonalDataPurgeParts) {
    this.#parts = parts;
    const kinds = parts.kinds.map(({ kind }) => kind);
    if (new Set(kinds).size < kinds.length) throw new Error('two kinds of personal data have one name');
  }

  /** @throws Error after the whole run, naming the kinds that could not be dealt with. */
  async run(signal?: AbortSignal): Promise<KindReport[]> {
    const { kinds, reports, clock, newId } = this.#parts;
    const run = { runId: newId(), startedAt: new Date(clock.now()) };
    await reports.begin(run, kinds);
    for (const kind of kinds) {
      if (signal?.aborted) break;
      await this.#purgeKind(run, kind, signal);
    }
    const report = await this.#close(run);
    const failed = report.filter(({ failure }) => failure !== undefined);
    if (failed.length === 0) return report;
    throw new Error(failed.map(({ kind, failure }) => `${kind}: ${failure}`).join('; '));
  }

  /** One kind that fails does not keep the others. */
  async #purgeKind(run: PurgeRunId, kind: RetentionKind, signal?: AbortSignal): Promise<void> {
    const { reports, watcher, clock } = this.#parts;
    try {
      const holding = await kind.purge({
        now: clock.now(),
        ...(signal && { signal }),
        note: (counts, tx) => reports.add(run, kind.kind, counts, tx),
      });
      if (holding.overdue > 0) watcher.overdueFound(kind.kind, holding.overdue);
      await reports.endKind(run, kind.kind, holding);
    } catch (error) {
      watcher.kindFailed(kind.kind, error);
      await reports.endKind(run, kind.kind, { failure: describeError(error) });
    }
  }

  #close(run: PurgeRunId): Promise<KindReport[]> {
    const { reports, transactions, audit, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const report = await reports.close(tx, run, new Date(clock.now()));
      await audit.append(tx, {
        accountId: systemAccount,
        by: { staffId: 'system', name: '系统' },
        from: { address: '', agent: 'personal-data.purge' },
        action: 'personal-data.purge',
        object: { kind: 'purge-report', id: run.runId },
        changes: report.flatMap(({ kind, deleted }) =>
          Object.entries(deleted).map(([what, count]) => ({
            path: `${kind}.${what}`,
            after: { deleted: count },
          })),
        ),
      });
      return report;
    });
  }
}

/** The report as a run of the job shows it. */
export function toJobReport(report: readonly KindReport[]): JobReport {
  return {
    kinds: report.map(({ kind, title, keeps, held, oldest, overdue, deleted }) => ({
      kind,
      title,
      keeps: { ...keeps },
      held,
      oldest: oldest?.toISOString() ?? null,
      overdue,
      deleted,
    })),
  };
}
