import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { Target } from '../../dialog/content-model.js';
import { titleOf, type Release } from '../../dialog/release.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { DraftQuestions } from '../content/draft/draft-questions.js';
import type { AnswerCountReader } from '../conversations/answer-count-reader.js';
import type { AskedReader } from '../conversations/asked-reader.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import type { UnansweredReader } from '../conversations/unanswered-reader.js';
import { AnswerCounter } from './answer-counter.js';
import { AnswerStatisticsReader } from './answer-statistics.js';
import { DailyCountStoreMongo, dailyCountMigration } from './daily-count-store-mongo.js';
import { findNearest } from './find-nearest.js';
import { createInsightsMetrics } from './insights-metrics.js';
import { insightsRoutes } from './insights-routes.js';
import { pairLikeness } from './likeness.js';
import { RatingStoreMongo, ratingMigration, voteSampleMigration } from './rating-store-mongo.js';
import { Ratings } from './ratings.js';
import { UnansweredCollector } from './unanswered-collector.js';
import { UnansweredGroupStoreMongo, unansweredGroupMigration } from './unanswered-group-store-mongo.js';
import { unansweredRoutes } from './unanswered-routes.js';
import { UnansweredService } from './unanswered-service.js';
import { UnansweredStoreMongo, unansweredMigration } from './unanswered-store-mongo.js';

export interface InsightsOptions {
  connection: MongoConnection;
  questions: DraftQuestions;
  asked: AskedReader;
  audit: AuditTrail;
  clock: Clock;
}

export interface InsightsServices {
  unanswered: UnansweredService;
  ratings: Ratings;
  statistics: AnswerStatisticsReader;
}

export interface InsightsWorkerOptions {
  connection: MongoConnection;
  unansweredReader: UnansweredReader;
  answerCountReader: AnswerCountReader;
  currentRelease: (accountId: string) => Release | undefined;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}

/** What goes along the journal; for the role of a worker. */
export interface InsightsWorkers {
  unansweredCollector: UnansweredCollector;
  answerCounter: AnswerCounter;
}

export const insightsMigrations: readonly Migration[] = [
  unansweredMigration,
  unansweredGroupMigration,
  ratingMigration,
  voteSampleMigration,
  dailyCountMigration,
];

/** What staff see, and what the dialog may ask. */
export function createInsightsFeature(options: InsightsOptions): InsightsServices {
  const { connection, questions, asked, audit, clock } = options;
  return {
    unanswered: new UnansweredService({
      groups: new UnansweredGroupStoreMongo(connection),
      questions,
      transactions: new TransactionRunnerMongo(connection),
      audit,
      clock,
    }),
    ratings: new Ratings({ store: new RatingStoreMongo(connection), asked }),
    statistics: new AnswerStatisticsReader({ store: new DailyCountStoreMongo(connection), clock }),
  };
}

/** The requests of the dialog that this feature carries out. */
export function insightsRequests({ ratings }: InsightsServices): [string, RequestHandler][] {
  return [['feedback.rate', ratings.rate]];
}

/** The staff API of this feature; targets are named as in the release that is live. */
export function createInsightsRoutes(
  services: InsightsServices,
  currentRelease: (accountId: string) => Release | undefined,
): Route[] {
  const nameTarget = (accountId: string, target: Target) => {
    const release = currentRelease(accountId);
    return (release && titleOf(release, target)) ?? null;
  };
  return [...unansweredRoutes(services.unanswered, nameTarget), ...insightsRoutes(services, nameTarget)];
}

export function createInsightsWorkers(options: InsightsWorkerOptions): InsightsWorkers {
  const { connection, unansweredReader, answerCountReader, currentRelease, clock, registry, logger } =
    options;
  const watcher = createInsightsMetrics(registry, logger);
  return {
    unansweredCollector: new UnansweredCollector({
      reader: unansweredReader,
      store: new UnansweredStoreMongo(connection),
      likeness: pairLikeness,
      findNearest: (accountId, text) => {
        const release = currentRelease(accountId);
        return release === undefined ? [] : findNearest(release, text);
      },
      clock,
      watcher,
      owner: randomUUID(),
    }),
    answerCounter: new AnswerCounter({
      reader: answerCountReader,
      store: new DailyCountStoreMongo(connection),
      clock,
      watcher,
    }),
  };
}
