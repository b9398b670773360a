import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { ContentService } from './content-service.js';
import { MongoDraftStore } from './draft-store-mongo.js';
import { LiveReleases } from './live-releases.js';
import { MongoReleaseStore, releaseMigration } from './release-store-mongo.js';
import type { ReleaseWatcher } from './release-watcher.js';

export interface ContentFeature {
  migrations: readonly Migration[];
  contentService: ContentService;
  /** To be started once the migrations have run. */
  liveReleases: LiveReleases;
}

/** Puts the content slice together on a database. */
export function createContentFeature(parts: {
  connection: MongoConnection;
  logger: Logger;
  clock: Clock;
  registry?: Registry;
}): ContentFeature {
  const { connection, logger, clock, registry } = parts;
  const releases = new MongoReleaseStore(connection);
  const drafts = new MongoDraftStore(connection);
  return {
    migrations: [releaseMigration],
    contentService: new ContentService({ drafts, releases, clock }),
    liveReleases: new LiveReleases({ store: releases, watcher: createReleaseWatcher(logger, registry) }),
  };
}

function createReleaseWatcher(logger: Logger, registry?: Registry): ReleaseWatcher {
  const registers = registry ? [registry] : [];
  const live = new Gauge({
    name: 'suishen_release_number',
    help: 'Number of the release that answers, by account',
    labelNames: ['account'],
    registers,
  });
  const refused = new Counter({
    name: 'suishen_releases_refused_total',
    help: 'Releases that could not be compiled, by account',
    labelNames: ['account'],
    registers,
  });
  return {
    onLive({ accountId, number, hash }, tookMs) {
      live.set({ account: accountId }, number);
      logger.info(
        { account: accountId, release: number, hash, tookMs: Math.round(tookMs) },
        'release is live',
      );
    },
    onRefused({ accountId, number }, error) {
      refused.inc({ account: accountId });
      const fields = { account: accountId, release: number, reason: describeError(error) };
      logger.error(fields, 'release cannot be used; the one before it goes on answering');
    },
    onInterrupted(reason) {
      logger.warn({ reason: describeError(reason) }, 'news of releases is interrupted; trying again');
    },
  };
}
