import { randomUUID } from 'node:crypto';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { AnswerFitter } from '../../core/messages.js';
import type { Form } from '../../dialog/forms/form-model.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { contentMigrations } from './content-migrations-store-mongo.js';
import type { ButtonMenuPort } from './button-menu-port.js';
import { ButtonMenus } from './button-menus.js';
import { contentRoutes } from './content-routes.js';
import { assembleContentServices, type ContentServices } from './content-services.js';
import { MongoDraftStore } from './draft-store-mongo.js';
import { FrozenContentStoreMongo } from './frozen-content-store-mongo.js';
import { LiveReleases } from './live-releases.js';
import { MongoReleaseStore } from './release-store-mongo.js';
import type { ReleaseWatcher } from './release-watcher.js';
import { SnapshotStoreMongo } from './snapshot-store-mongo.js';
import { SubmissionStoreMongo } from './submission-store-mongo.js';
import { seedFromFiles } from './seed-from-files.js';
import { ContentWorkHere, type ContentWork } from './work/content-work.js';

export interface ContentFeature extends ContentServices {
  migrations: readonly Migration[];
  /** To be started once the migrations have run. */
  liveReleases: LiveReleases;
  /** See `seedFromFiles`. */
  seed(contentRoot: string, accountId: string): Promise<boolean>;
  /** The staff API of content; `platform` holds the accounts' bottom menus, `fitter` knows what it delivers at once. */
  routes(platform: ButtonMenuPort, fitter: AnswerFitter): Route[];
}

export interface ContentFeatureOptions {
  connection: MongoConnection;
  audit: AuditTrail;
  logger: Logger;
  clock: Clock;
  /** The forms that content may lead to; none if absent. */
  forms?: readonly Form[];
  /** Does what takes long; in the calling thread if absent. */
  work?: ContentWork;
  registry?: Registry;
}

/** Puts the content slice together on a database. */
export function createContentFeature(options: ContentFeatureOptions): ContentFeature {
  const { connection, audit, logger, clock, forms = [], registry } = options;
  const { work = new ContentWorkHere(forms) } = options;
  const stores = {
    transactions: new TransactionRunnerMongo(connection),
    drafts: new MongoDraftStore(connection),
    releases: new MongoReleaseStore(connection),
    contents: new FrozenContentStoreMongo(connection),
    submissions: new SubmissionStoreMongo(connection),
    audit,
    work,
    clock,
    forms,
  };
  const snapshots = new SnapshotStoreMongo(connection);
  const parts = { ...stores, snapshots, newId: () => randomUUID() };
  const services = assembleContentServices(parts);
  return {
    ...services,
    migrations: contentMigrations,
    liveReleases: new LiveReleases({
      store: stores.releases,
      contents: stores.contents,
      submissions: stores.submissions,
      watcher: createReleaseWatcher(logger, registry),
      forms,
    }),
    seed(contentRoot, accountId) {
      // Nobody is answered before something is published, and a thread would hold the program a second time.
      const { contentService } = assembleContentServices({ ...parts, work: new ContentWorkHere(forms) });
      return seedFromFiles(contentService, contentRoot, accountId);
    },
    routes: (platform, fitter) =>
      contentRoutes(services, {
        buttonMenus: new ButtonMenus({ ...stores, platform }),
        work,
        fitter,
      }),
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
    onPrepared({ accountId, hash }, tookMs) {
      logger.info(
        { account: accountId, hash, tookMs: Math.round(tookMs) },
        'what waits for review is compiled, should it go live',
      );
    },
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
