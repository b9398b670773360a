import type { JobReport } from '../../core/scheduler.js';
import type { JobRun } from './job-run.js';

export type JobEnding = { endedAt: Date } & ({ report: JobReport } | { failure: string });

/** The runs of timed jobs. Of each job one at most is `running`, by a unique index. */
export interface JobRunStore {
  /**
   * Begins a run. A run whose node counts as dead at its beginning is noted as failed, and makes way.
   * False: another run of the job is under way, and nothing has begun.
   */
  begin(run: Pick<JobRun, 'runId' | 'name' | 'node' | 'startedAt'>, leaseUntil: Date): Promise<boolean>;
  /** Shows that the run goes on. False: it counts as dead, and another one may have taken its place. */
  extend(runId: string, leaseUntil: Date): Promise<boolean>;
  /** Ends a run, unless it counts as dead; and forgets old runs of the job. */
  end(run: Pick<JobRun, 'runId' | 'name'>, ending: JobEnding): Promise<void>;
  /** Jobs whose run has a dead node. */
  listAbandoned(now: Date): Promise<string[]>;
  /** Of all jobs, the newest first. */
  list(): Promise<JobRun[]>;
}
