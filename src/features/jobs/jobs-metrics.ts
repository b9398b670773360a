import { Counter, Histogram, type Registry } from 'prom-client';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { JobWatcher } from './timed-jobs.js';

/** Counts and logs the runs of timed jobs. */
export function createJobsMetrics(registry: Registry, logger: Logger): JobWatcher {
  const runs = new Counter({
    name: 'suishen_job_runs_total',
    help: 'Runs of timed jobs by how they ended: done or failed',
    labelNames: ['job', 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'suishen_job_seconds',
    help: 'How long a run of a timed job took',
    labelNames: ['job'],
    buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
    registers: [registry],
  });
  return {
    ended(job, outcome, tookMs) {
      runs.inc({ job, outcome });
      seconds.observe({ job }, tookMs / 1_000);
    },
    failed(job, error) {
      logger.warn({ job, reason: describeError(error) }, 'a timed job failed; the next trigger tries again');
    },
    troubled(error) {
      logger.warn({ reason: describeError(error) }, 'timed jobs cannot be put on record; trying again');
    },
  };
}
