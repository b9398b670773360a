import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { NoticeMessenger } from '../../core/outbound-messenger.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { createNoticeMetrics } from './notice-metrics.js';
import { NoticePlanner } from './notice-planner.js';
import { NoticeSubjects, type NoticeSubject } from './notice-subject.js';
import { movedNoticeMigration, owedNoticeMigration } from './owed-notice-migrations-store-mongo.js';
import { OwedNoticeStoreMongo } from './owed-notice-store-mongo.js';
import type { OwedNoticeBook } from './owed-notice.js';
import { OwedNoticeWorker } from './owed-notice-worker.js';
import { UndeliveredNoticeStoreMongo } from './undelivered-notice-store-mongo.js';
import { UndeliveredNotices } from './undelivered-notices.js';
import { undeliveredRoutes } from './undelivered-routes.js';

export const owedNoticeMigrations: readonly Migration[] = [owedNoticeMigration, movedNoticeMigration];

export interface OwedNotices {
  /** Sends what is owed; to be started on workers only. */
  worker: OwedNoticeWorker;
  /** Takes the platform's reports, too. */
  undelivered: UndeliveredNotices;
  /** The staff API of what did not arrive. */
  routes: readonly Route[];
}

/** What citizens are told without having asked, one by one: each feature contributes its subject. */
export function createOwedNotices(parts: {
  subjects: readonly NoticeSubject[];
  connection: MongoConnection;
  messenger: NoticeMessenger;
  audit: AuditTrail;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): OwedNotices {
  const { connection, messenger, audit, clock, registry, logger } = parts;
  const subjects = new NoticeSubjects(parts.subjects);
  const undelivered = new UndeliveredNotices({
    store: new UndeliveredNoticeStoreMongo(connection),
    subjects,
    transactions: new TransactionRunnerMongo(connection),
    audit,
    clock,
  });
  return {
    worker: new OwedNoticeWorker({
      queue: new OwedNoticeStoreMongo(connection),
      messenger,
      subjects,
      clock,
      watcher: createNoticeMetrics(registry, logger),
    }),
    undelivered,
    routes: parts.subjects.flatMap((subject) => undeliveredRoutes(undelivered, subject)),
  };
}

/** For the features that owe messages. */
export function createOwedNoticeBook(connection: MongoConnection): OwedNoticeBook {
  return new OwedNoticeStoreMongo(connection);
}

export function createNoticePlanner(connection: MongoConnection): NoticePlanner {
  return new NoticePlanner({
    book: createOwedNoticeBook(connection),
    transactions: new TransactionRunnerMongo(connection),
  });
}
