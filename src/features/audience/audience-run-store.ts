import type { Transaction } from '../../core/transaction-runner.js';
import type { AudienceRun } from './audience-run.js';

type Kind = AudienceRun['kind'];

/** Who may write to a run: the worker that claimed it, until its lease is over and another has. */
export interface RunHold {
  runId: string;
  worker: string;
}

/** The record of long work. A unique index keeps the runs of a subject apart, a lease those who carry one on. */
export interface AudienceRunStore {
  /** After a look in the same transaction that no run of the subject is under way. */
  begin(tx: Transaction, run: AudienceRun): Promise<void>;
  findRunning(accountId: string, subject: string, tx?: Transaction): Promise<AudienceRun | null>;
  /** The latest first. */
  list(accountId: string, kind: Kind, limit: number): Promise<AudienceRun[]>;

  /** Whichever run has waited longest and is nobody's at `now`. */
  claim(kind: Kind, worker: string, now: Date, leaseUntil: Date): Promise<AudienceRun | null>;
  /** @returns false: the run is somebody else's, or over. */
  extend(hold: RunHold, leaseUntil: Date): Promise<boolean>;
  /** Puts on record how far it is. @returns as `extend`. */
  keepProgress(hold: RunHold, progress: AudienceRun['progress']): Promise<boolean>;
  /** Leaves the run to whoever comes, not before `from`. @param troubles attempts in a row that came to nothing. */
  release(hold: RunHold, from: Date, troubles: number): Promise<void>;
  end(hold: RunHold, ending: { endedAt: Date; failure?: string }): Promise<void>;
}
