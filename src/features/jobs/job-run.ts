import type { JobReport } from '../../core/scheduler.js';

/** One run of a timed job. */
export interface JobRun {
  runId: string;
  /** Of the job. */
  name: string;
  /** The process that runs it. */
  node: string;
  /** UTC. */
  startedAt: Date;
  state: 'running' | 'done' | 'failed';
  /** While running: the moment after which its node counts as dead, UTC. */
  leaseUntil?: Date;
  endedAt?: Date;
  /** Of a run that is done. */
  report?: JobReport;
  /** Of one that failed, why: in English, for whoever runs the program. */
  failure?: string;
}

/** How many runs of a job are kept; the last failure stays beyond them. */
export const runsKept = 20;
