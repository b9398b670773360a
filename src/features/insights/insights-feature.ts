import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { Release } from '../../dialog/release.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import type { UnansweredReader } from '../conversations/unanswered-reader.js';
import { findNearest } from './find-nearest.js';
import { createInsightsMetrics } from './insights-metrics.js';
import { pairLikeness } from './likeness.js';
import { RatingStoreMongo, ratingMigration } from './rating-store-mongo.js';
import { Ratings } from './ratings.js';
import { UnansweredCollector } from './unanswered-collector.js';
import { UnansweredService, type ContentEditor } from './unanswered-service.js';
import { UnansweredStoreMongo, unansweredMigration } from './unanswered-store-mongo.js';

export interface InsightsOptions {
  connection: MongoConnection;
  contents: ContentEditor;
  clock: Clock;
}

export interface InsightsServices {
  unanswered: UnansweredService;
  ratings: Ratings;
}

export interface CollectorOptions {
  connection: MongoConnection;
  reader: UnansweredReader;
  currentRelease: (accountId: string) => Release | undefined;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}

export const insightsMigrations: readonly Migration[] = [unansweredMigration, ratingMigration];

/** What staff see, and what the dialog may ask. */
export function createInsightsFeature({ connection, contents, clock }: InsightsOptions): InsightsServices {
  const store = new UnansweredStoreMongo(connection);
  return {
    unanswered: new UnansweredService({ store, contents, clock }),
    ratings: new Ratings(new RatingStoreMongo(connection)),
  };
}

/** The requests of the dialog that this feature carries out. */
export function insightsRequests({ ratings }: InsightsServices): [string, RequestHandler][] {
  return [['feedback.rate', ratings.rate]];
}

/** For the role of a worker. */
export function createUnansweredCollector(options: CollectorOptions): UnansweredCollector {
  const { connection, reader, currentRelease, clock, registry, logger } = options;
  return new UnansweredCollector({
    reader,
    store: new UnansweredStoreMongo(connection),
    likeness: pairLikeness,
    findNearest: (accountId, text) => {
      const release = currentRelease(accountId);
      return release === undefined ? [] : findNearest(release, text);
    },
    clock,
    watcher: createInsightsMetrics(registry, logger),
    owner: randomUUID(),
  });
}
