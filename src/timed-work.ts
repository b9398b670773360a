import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Registry } from 'prom-client';
import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import type { TimedJob } from './core/scheduler.js';
import { registerAppointmentJobs } from './features/appointments/appointment-jobs.js';
import type { AppointmentsFeature } from './features/appointments/appointments-feature.js';
import type { ReminderPlanner } from './features/appointments/notices/reminder-planner.js';
import type { AuditTrail } from './features/audit/audit-trail.js';
import {
  complianceMigrations,
  createOwnData,
  createPurge,
} from './features/compliance/compliance-feature.js';
import { registerComplianceJobs } from './features/compliance/compliance-jobs.js';
import { createJobsFeature, jobsMigrations } from './features/jobs/jobs-feature.js';
import type { Route } from './http/api/route.js';
import { AgendaTriggers, scheduledJobsMigration } from './jobs/agenda-triggers.js';
import type { Logger } from './observability/logger.js';
import type { Migration } from './storage/migrations.js';
import { listOwnData, listRetentionKinds } from './personal-data.js';
import type { MongoConnection } from './storage/mongo-connection.js';

/** After those of the appointments. */
export const timedWorkMigrations: readonly Migration[] = [
  scheduledJobsMigration,
  ...jobsMigrations,
  ...complianceMigrations,
];

export interface TimedWork {
  /** The staff API of the jobs. */
  routes: readonly Route[];
  /** On workers only. */
  start(): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/** What is done by the clock. */
export function createTimedWork(parts: {
  appointments: AppointmentsFeature;
  reminders: ReminderPlanner;
  /** Those of other features. */
  jobs: readonly TimedJob[];
  connection: MongoConnection;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): TimedWork {
  const { appointments, reminders, connection, logger } = parts;
  const node = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const triggers = new AgendaTriggers({ connection, node, logger });
  const { jobs, routes } = createJobsFeature({ ...parts, triggers, node });
  registerAppointmentJobs(jobs, { ...appointments.upkeepParts, reminders });
  registerComplianceJobs(jobs, {
    purge: createPurge(listRetentionKinds(connection), parts),
    ownData: createOwnData(listOwnData(parts), parts),
  });
  for (const job of parts.jobs) jobs.every(job);
  return {
    routes,
    async start() {
      await jobs.start();
    },
    async stop() {
      await jobs.stop();
    },
  };
}
