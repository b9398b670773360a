import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { NoticeTemplate } from '../../core/notice-template.js';
import type { NoticeMessenger } from '../../core/outbound-messenger.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { AppointmentNoticeStoreMongo } from './appointment-notice-store-mongo.js';
import { AppointmentStoreMongo } from './appointment-store-mongo.js';
import { Persons } from './booking/persons.js';
import { createNoticeMetrics } from './notice-metrics.js';
import { AppointmentNoticeWorker } from './notices/notice-worker.js';
import { NoticeWriter } from './notices/notice-writer.js';
import { ReminderPlanner } from './notices/reminder-planner.js';
import { UndeliveredNotices } from './notices/undelivered-notices.js';
import type { OfferReader } from './offer-reader.js';
import { owedNoticeMigration, OwedNoticeStoreMongo } from './owed-notice-store-mongo.js';
import type { TimetableReader } from './timetable-reader.js';
import { ownNoticeMigration } from './own-record-store-mongo.js';
import { undeliveredNoticeMigration, UndeliveredNoticeStoreMongo } from './undelivered-notice-store-mongo.js';
import { undeliveredRoutes } from './undelivered-routes.js';
import { unremindedMigration, UnremindedStoreMongo } from './unreminded-store-mongo.js';

/** After those of the appointments. */
export const appointmentNoticeMigrations: readonly Migration[] = [
  owedNoticeMigration,
  unremindedMigration,
  ownNoticeMigration,
  undeliveredNoticeMigration,
];

export interface AppointmentNotices {
  /** Sends what is owed; to be started on workers only. */
  worker: AppointmentNoticeWorker;
  reminders: ReminderPlanner;
  /** Takes the platform's reports, too. */
  undelivered: UndeliveredNotices;
  /** The staff API of what did not arrive. */
  routes: readonly Route[];
}

/** What citizens are told about their appointments without asking. */
export function createAppointmentNotices(parts: {
  connection: MongoConnection;
  offers: OfferReader;
  timetable: TimetableReader;
  messenger: NoticeMessenger;
  templateOf: (accountId: string) => NoticeTemplate | undefined;
  pageOf: (accountId: string) => string;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): AppointmentNotices {
  const { connection, messenger, audit, cipher, clock, registry, logger } = parts;
  const transactions = new TransactionRunnerMongo(connection);
  const appointments = new AppointmentStoreMongo(connection);
  const undelivered = new UndeliveredNotices({
    store: new UndeliveredNoticeStoreMongo(connection),
    appointments,
    persons: new Persons(cipher),
    transactions,
    audit,
    clock,
  });
  return {
    worker: new AppointmentNoticeWorker({
      queue: new OwedNoticeStoreMongo(connection),
      messenger,
      writer: new NoticeWriter({ ...parts, appointments }),
      clock,
      watcher: createNoticeMetrics(registry, logger),
    }),
    reminders: new ReminderPlanner({
      visits: new UnremindedStoreMongo(connection),
      notices: new AppointmentNoticeStoreMongo(connection),
      transactions,
      clock,
    }),
    undelivered,
    routes: undeliveredRoutes(undelivered),
  };
}
