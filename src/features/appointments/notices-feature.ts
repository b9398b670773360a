import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { NoticeTemplate } from '../../core/notice-template.js';
import type { NoticeMessenger } from '../../core/outbound-messenger.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { AppointmentNoticeStoreMongo } from './appointment-notice-store-mongo.js';
import { AppointmentStoreMongo } from './appointment-store-mongo.js';
import { createNoticeMetrics } from './notice-metrics.js';
import { AppointmentNoticeWorker } from './notices/notice-worker.js';
import { NoticeWriter } from './notices/notice-writer.js';
import { ReminderPlanner } from './notices/reminder-planner.js';
import type { OfferReader } from './offer-reader.js';
import { owedNoticeMigration, OwedNoticeStoreMongo } from './owed-notice-store-mongo.js';
import { PersonalDataPurge } from './personal-data-purge.js';
import { PurgeStoreMongo } from './purge-store-mongo.js';
import { SlotStoreMongo } from './slot-store-mongo.js';
import type { TimetableReader } from './timetable-reader.js';
import { unremindedMigration, UnremindedStoreMongo } from './unreminded-store-mongo.js';

/** After those of the appointments. */
export const noticeMigrations: readonly Migration[] = [owedNoticeMigration, unremindedMigration];

export interface NoticesFeature {
  /** Sends what is owed; to be started on workers only. */
  worker: AppointmentNoticeWorker;
  reminders: ReminderPlanner;
  purge: PersonalDataPurge;
}

/** What citizens are told about their appointments, and what is deleted when its time is over. */
export function createNoticesFeature(parts: {
  connection: MongoConnection;
  offers: OfferReader;
  timetable: TimetableReader;
  messenger: NoticeMessenger;
  templateOf: (accountId: string) => NoticeTemplate | undefined;
  pageOf: (accountId: string) => string;
  audit: AuditTrail;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): NoticesFeature {
  const { connection, messenger, audit, clock, registry, logger } = parts;
  const transactions = new TransactionRunnerMongo(connection);
  return {
    worker: new AppointmentNoticeWorker({
      queue: new OwedNoticeStoreMongo(connection),
      messenger,
      writer: new NoticeWriter({ ...parts, appointments: new AppointmentStoreMongo(connection) }),
      clock,
      watcher: createNoticeMetrics(registry, logger),
    }),
    reminders: new ReminderPlanner({
      visits: new UnremindedStoreMongo(connection),
      notices: new AppointmentNoticeStoreMongo(connection),
      transactions,
      clock,
    }),
    purge: new PersonalDataPurge({
      store: new PurgeStoreMongo(connection),
      slots: new SlotStoreMongo(connection),
      transactions,
      audit,
      clock,
      newId: randomUUID,
    }),
  };
}
