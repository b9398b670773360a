import type { Transaction } from '../../core/transaction-runner.js';
import type { Holding, KindReport, PurgeCounts, RetentionKind } from './retention-kind.js';

/** A nightly run, by which its report is known. */
export interface PurgeRunId {
  runId: string;
  startedAt: Date;
}

/** What was found of a kind, or why it could not be dealt with. */
export type KindEnding = Holding | { failure: string };

/** The reports of what was deleted. */
export interface PurgeReportStore {
  /** There is a report from now on, with all kinds. */
  begin(run: PurgeRunId, kinds: readonly RetentionKind[]): Promise<void>;
  /** Adds to what was deleted of a kind. */
  add(run: PurgeRunId, kind: string, counts: PurgeCounts, tx?: Transaction): Promise<void>;
  /** A kind is done. */
  endKind(run: PurgeRunId, kind: string, ending: KindEnding): Promise<void>;
  /** The report is complete. @returns its kinds, in the order in which they began. */
  close(tx: Transaction, run: PurgeRunId, endedAt: Date): Promise<KindReport[]>;
}
