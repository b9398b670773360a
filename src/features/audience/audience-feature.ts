import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AppointmentsFeature } from '../appointments/appointments-feature.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { CitizensFeature } from '../citizens/citizens-feature.js';
import type { FollowerPlatform } from '../citizens/follower-platform-port.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { audienceJobs } from './audience-jobs.js';
import type { AudienceReader, ReachRecorder } from './audience-reader.js';
import { audienceRoutes } from './audience-routes.js';
import { audienceRunMigration, AudienceRunStoreMongo } from './audience-run-store-mongo.js';
import { AudienceRuns } from './audience-runs.js';
import { audienceSettingsMigration, AudienceSettingsStoreMongo } from './audience-settings-store-mongo.js';
import { AudienceSettings } from './audience-settings.js';
import { districtRequests } from './district-requests.js';
import { FollowerSynchroniser } from './follower-synchroniser.js';
import { FollowerTags } from './follower-tags.js';
import { RunWorker, type RunWatcher } from './run-worker.js';
import { SegmentCheck } from './segment-check.js';
import { segmentMigration, SegmentStoreMongo } from './segment-store-mongo.js';
import { SegmentTagger } from './segment-tagger.js';
import { Segments } from './segments.js';
import { StoredAudience } from './stored-audience.js';
import { audienceTagMigration, TagStoreMongo } from './tag-store-mongo.js';

export const audienceMigrations: readonly Migration[] = [
  audienceRunMigration,
  audienceTagMigration,
  segmentMigration,
  audienceSettingsMigration,
];

/** What citizens of the sample account can choose from: the districts of 梅州市. */
const demoDistricts = ['梅江区', '梅县区', '兴宁市', '平远县', '蕉岭县', '大埔县', '丰顺县', '五华县'];

export interface AudienceFeature {
  /** Who receives notices. */
  audience: AudienceReader;
  reach: ReachRecorder;
  segments: Pick<Segments, 'find' | 'list'>;
  check: Pick<SegmentCheck, 'require'>;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
  /** The staff API. */
  routes: readonly Route[];
  jobs: readonly TimedJob[];
  /** To be started on workers only. */
  workers: { start(): void; stop(): Promise<void> };
  /** For the first start of the sandbox. What was ever set stays. */
  seedDemo(): Promise<void>;
}

export function createAudienceFeature(parts: {
  connection: MongoConnection;
  citizens: Pick<CitizensFeature, 'followers' | 'upkeep'>;
  appointments: Pick<AppointmentsFeature, 'booked' | 'offers'>;
  platform: FollowerPlatform;
  /** The accounts served here. */
  accountIds: readonly string[];
  audit: AuditTrail;
  clock: Clock;
  logger: Logger;
}): AudienceFeature {
  const { connection, platform, accountIds, audit, clock, logger } = parts;
  const { followers, upkeep } = parts.citizens;
  const { booked, offers } = parts.appointments;
  const store = new AudienceRunStoreMongo(connection);
  const common = { transactions: new TransactionRunnerMongo(connection), audit, clock, newId: randomUUID };
  const settings = new AudienceSettings({ ...common, settings: new AudienceSettingsStoreMongo(connection) });
  const tags = new FollowerTags({ ...common, platform, upkeep, tags: new TagStoreMongo(connection) });
  const check = new SegmentCheck({ tags, offers, settings });
  const segments = new Segments({ ...common, segments: new SegmentStoreMongo(connection), check });
  const audience = new StoredAudience({ followers, booked, offers });

  const worker = {
    runs: store,
    watcher: createWatcher(logger),
    clock,
    node: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
  };
  const synchroniser = new RunWorker({
    ...worker,
    kind: 'synchronise',
    work: new FollowerSynchroniser({ platform, followers, upkeep, clock }),
  });
  const tagger = new RunWorker({
    ...worker,
    kind: 'tag',
    work: new SegmentTagger({ audience, platform, upkeep, clock }),
  });
  const runs = new AudienceRuns({
    ...common,
    runs: store,
    audience,
    check,
    tags,
    onBegun: (kind) => (kind === 'tag' ? tagger : synchroniser).nudge(),
  });
  return {
    audience,
    reach: upkeep,
    segments,
    check,
    requests: districtRequests({ settings, followers, upkeep, clock }),
    routes: audienceRoutes({ segments, check, audience, tags, settings, offers, runs }),
    jobs: audienceJobs(runs, accountIds),
    workers: {
      start() {
        synchroniser.start();
        tagger.start();
      },
      async stop() {
        await Promise.all([synchroniser.stop(), tagger.stop()]);
      },
    },
    async seedDemo() {
      for (const accountId of accountIds) await settings.seed(accountId, demoDistricts);
    },
  };
}

function createWatcher(logger: Logger): RunWatcher {
  return {
    ended({ accountId, kind, runId }, failure) {
      const facts = { account: accountId, kind, run: runId };
      if (failure === undefined) logger.info(facts, 'work on the audience is done');
      else logger.error({ ...facts, failure }, 'work on the audience failed');
    },
    troubled(error) {
      logger.warn({ reason: describeError(error) }, 'work on the audience is held up');
    },
  };
}
