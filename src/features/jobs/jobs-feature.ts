import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { JobTriggers } from '../../core/scheduler.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { jobRunMigration, JobRunStoreMongo } from './job-run-store-mongo.js';
import { createJobsMetrics } from './jobs-metrics.js';
import { jobsRoutes } from './jobs-routes.js';
import { TimedJobs } from './timed-jobs.js';

export const jobsMigrations: readonly Migration[] = [jobRunMigration];

export interface JobsFeature {
  /** Takes jobs from the features; to be started on workers only. */
  jobs: TimedJobs;
  routes: readonly Route[];
}

export function createJobsFeature(parts: {
  connection: MongoConnection;
  triggers: JobTriggers;
  audit: AuditTrail;
  clock: Clock;
  registry: Registry;
  logger: Logger;
  /** This process among all. */
  node: string;
}): JobsFeature {
  const { connection, triggers, audit, clock, registry, logger, node } = parts;
  const jobs = new TimedJobs({
    runs: new JobRunStoreMongo(connection),
    triggers,
    transactions: new TransactionRunnerMongo(connection),
    audit,
    watcher: createJobsMetrics(registry, logger),
    clock,
    newId: randomUUID,
    node,
  });
  return { jobs, routes: jobsRoutes(jobs) };
}
