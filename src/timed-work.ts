import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Registry } from 'prom-client';
import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import type { NoticeMessenger } from './core/outbound-messenger.js';
import { registerAppointmentJobs } from './features/appointments/appointment-jobs.js';
import type { AppointmentsFeature } from './features/appointments/appointments-feature.js';
import { createNoticesFeature, noticeMigrations } from './features/appointments/notices-feature.js';
import type { AuditTrail } from './features/audit/audit-trail.js';
import { createJobsFeature, jobsMigrations } from './features/jobs/jobs-feature.js';
import type { Route } from './http/api/route.js';
import { AgendaTriggers, scheduledJobsMigration } from './jobs/agenda-triggers.js';
import type { Logger } from './observability/logger.js';
import type { Migration } from './storage/migrations.js';
import type { MongoConnection } from './storage/mongo-connection.js';
import type { WechatAccount } from './wechat/account.js';

/** After those of the appointments. */
export const timedWorkMigrations: readonly Migration[] = [
  scheduledJobsMigration,
  ...jobsMigrations,
  ...noticeMigrations,
];

export interface TimedWork {
  /** The staff API of the jobs. */
  routes: readonly Route[];
  /** On workers only. */
  start(): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/** What is done by the clock, and the messages that citizens are owed. */
export function createTimedWork(parts: {
  config: Pick<AppConfig, 'publicUrl'>;
  accounts: readonly WechatAccount[];
  appointments: AppointmentsFeature;
  messenger: NoticeMessenger;
  connection: MongoConnection;
  audit: AuditTrail;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): TimedWork {
  const { config, accounts, appointments, connection, logger } = parts;
  const { offers, timetable } = appointments;
  const { worker, reminders, purge } = createNoticesFeature({
    ...parts,
    offers,
    timetable,
    templateOf: (id) => accounts.find(({ accountId }) => accountId === id)?.templates?.appointment,
    pageOf: (id) => `${config.publicUrl}/h5/${id}/appointments`,
  });
  const node = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const triggers = new AgendaTriggers({ connection, node, logger });
  const { jobs, routes } = createJobsFeature({ ...parts, triggers, node });
  registerAppointmentJobs(jobs, { ...appointments.upkeepParts, reminders, purge });
  return {
    routes,
    async start() {
      await jobs.start();
      worker.start();
    },
    async stop() {
      await jobs.stop();
      await worker.stop();
    },
  };
}
