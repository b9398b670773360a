import type { Transaction } from '../../core/transaction-runner.js';

/** For how long something is kept; a rule, where it is not one number of days. In Chinese. */
export type RetentionPeriod = { days: number } | { rule: string };

/** How many were deleted, by what they were: `arrived`, `missed`. */
export type PurgeCounts = Readonly<Record<string, number>>;

/** One nightly run, as a kind sees it. */
export interface PurgeRun {
  /** Milliseconds since the epoch, UTC. */
  now: number;
  /** Aborted: end as soon as what is begun is whole. */
  signal?: AbortSignal;
  /** Adds to the report; with the transaction that deletes what it counts, where there is one. */
  note: (counts: PurgeCounts, tx?: Transaction) => Promise<void>;
}

/** What is there after a run. */
export interface Holding {
  held: number;
  /** When the record was made that goes next, UTC; null: there is none, or they do not say. */
  oldest: Date | null;
  /** Records that the database ought to have deleted by itself, and that this run had to delete. */
  overdue: number;
}

/** Personal data of one kind, which a feature keeps for a time and then deletes. */
export interface RetentionKind {
  /** Unique; letters, digits and hyphens. */
  kind: string;
  /** What staff call it. */
  title: string;
  keeps: RetentionPeriod;
  /** Deletes what has had its time. A run that is cut off is repeated: it carries on from what it finds. */
  purge(run: PurgeRun): Promise<Holding>;
}

/** What a run found and did with one kind. */
export interface KindReport extends Pick<RetentionKind, 'kind' | 'title' | 'keeps'>, Holding {
  deleted: PurgeCounts;
  /** Why it could not be dealt with; absent: it was. */
  failure?: string;
}
