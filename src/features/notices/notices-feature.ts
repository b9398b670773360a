import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { SensitiveWords } from '../../dialog/sensitive/sensitive-words.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AudienceFeature } from '../audience/audience-feature.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { OpenWindowReader } from '../conversations/open-window-reader.js';
import { deliveryRoutes } from './delivery-routes.js';
import { NoticeControl } from './desk/notice-control.js';
import { NoticeDesk } from './desk/notice-desk.js';
import { NoticeForecaster } from './desk/notice-forecaster.js';
import { NoticeProgressReader } from './desk/notice-progress.js';
import { NoticeReviews } from './desk/notice-reviews.js';
import { NoticeStarter } from './desk/notice-starter.js';
import { NoticeTester } from './desk/notice-tester.js';
import { PlanSurvey } from './desk/plan-survey.js';
import { QuotaBoard } from './desk/quota-board.js';
import { TemplateDirectory } from './desk/template-directory.js';
import { createNoticeEngineMetrics } from './engine/notice-engine-metrics.js';
import { createNoticeEngine, type NoticeEngine } from './engine/notice-engine.js';
import { noticeEngineMigrations, openNoticeEngineStores } from './engine/notice-stores-feature.js';
import { ListImporter } from './lists/list-importer.js';
import { recipientListMigration, RecipientListStoreMongo } from './recipient-list-store-mongo.js';
import { RecipientLists } from './lists/recipient-lists.js';
import { noticeListRoutes } from './notice-list-routes.js';
import type { NoticePlatform } from './notice-platform-port.js';
import { noticePlatformRoutes } from './notice-platform-routes.js';
import { NoticeRecipients } from './notice-recipients.js';
import { noticeRoutes } from './notice-routes.js';
import { noticeSettingsRoutes } from './notice-settings-routes.js';
import { noticeMigration, NoticeStoreMongo } from './notice-store-mongo.js';
import type { ReportedDeliveries } from './reports/report-stores.js';
import { ReportedAnywhere } from './reports/reported-anywhere.js';
import { demoPresets } from './settings/demo-presets.js';
import { NoticePictures } from './settings/notice-pictures.js';
import { noticeSettingsMigration, NoticeSettingsStoreMongo } from './notice-settings-store-mongo.js';
import { NoticeSettings } from './settings/notice-settings.js';
import { pictureMigration, PictureStoreMongo } from './picture-store-mongo.js';

export const noticeMigrations: readonly Migration[] = [
  noticeMigration,
  recipientListMigration,
  pictureMigration,
  noticeSettingsMigration,
  ...noticeEngineMigrations,
];

export interface NoticesFeatureParts {
  connection: MongoConnection;
  audience: Pick<AudienceFeature, 'audience' | 'reach' | 'check'>;
  windows: OpenWindowReader;
  platform: NoticePlatform;
  /** Keeps messages of another kind of which the platform reports, too. */
  otherMessages: ReportedDeliveries;
  /** The accounts served here. */
  accountIds: readonly string[];
  /** Words of the content that is live which must not go out; undefined: nothing is live. */
  sensitiveWords: (accountId: string) => SensitiveWords | undefined;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}

export interface NoticesFeature {
  /** The staff API. */
  routes: readonly Route[];
  /** To be started on workers only; nudged wherever something is approved. */
  workers: NoticeEngine['workers'];
  jobs: readonly TimedJob[];
  /** Puts itself between the platform's door and the conversations, to see what the platform reports. */
  takeReports: NoticeEngine['takeReports'];
  /** For the first start of the sandbox: prewritten texts, said to be samples. */
  seedDemo(): Promise<void>;
}

/** Notices: from the plan through the reviews to the record of every recipient. */
export function createNoticesFeature(parts: NoticesFeatureParts): NoticesFeature {
  const { connection, platform, cipher, clock, accountIds } = parts;
  const { audience, reach } = parts.audience;
  const transactions = new TransactionRunnerMongo(connection);
  const common = { transactions, audit: parts.audit, clock, newId: randomUUID };
  const notices = new NoticeStoreMongo(connection);
  const listStore = new RecipientListStoreMongo(connection);
  const pictures = new PictureStoreMongo(connection);
  const settings = new NoticeSettings({ ...common, settings: new NoticeSettingsStoreMongo(connection) });
  const starter = new NoticeStarter({ notices, quietHours: settings, clock });
  const recipients = new NoticeRecipients({ audience, lists: listStore, cipher });
  const own = openNoticeEngineStores(connection);
  const stores = { ...own, reported: new ReportedAnywhere([own.reported, parts.otherMessages]) };
  const engine = createNoticeEngine({
    stores,
    notices,
    starter,
    recipients,
    pictures,
    reach,
    platform,
    cipher,
    clock,
    windows: parts.windows,
    newId: randomUUID,
    watcher: createNoticeEngineMetrics(parts.registry, parts.logger),
  });
  const nudge = () => engine.workers.nudge();

  const importer = new ListImporter({ lists: listStore, audience, cipher });
  const lists = new RecipientLists({ ...common, lists: listStore, importer });
  const templates = new TemplateDirectory({ platform, clock });
  const survey = new PlanSurvey({
    notices,
    audience,
    lists,
    pictures,
    templates,
    platform,
    starter,
    clock,
    requireRules: (accountId, rules) => parts.audience.check.require(accountId, rules),
    sensitiveWords: parts.sensitiveWords,
  });
  const desk = new NoticeDesk({ ...common, notices, check: survey, lists, onSubmitted: nudge });
  const reviews = new NoticeReviews({ ...common, notices, starter, onApproved: nudge });
  const { deliveries, massCalls, refusals, planner } = engine;
  const control = new NoticeControl({ ...common, notices, deliveries, starter, onChanged: nudge });
  const forecaster = new NoticeForecaster({ survey, recipients, planner, templates, notices });
  const tester = new NoticeTester({ ...common, audience, pictures, platform });
  const progress = new NoticeProgressReader({ deliveries, massCalls, clock });
  const board = new QuotaBoard({
    platform,
    massCalls: stores.massCalls,
    refusals,
    audience,
    quietHours: settings,
    clock,
  });
  return {
    routes: [
      ...noticeRoutes({ desk, reviews, control, forecaster, tester }),
      ...deliveryRoutes({ desk, progress, deliveries }),
      ...noticeListRoutes(lists),
      ...noticeSettingsRoutes(settings, new NoticePictures({ ...common, pictures })),
      ...noticePlatformRoutes(templates, board),
    ],
    workers: engine.workers,
    jobs: engine.jobs,
    takeReports: (conversations) => engine.takeReports(conversations),
    async seedDemo() {
      for (const accountId of accountIds) await settings.seedDemo(accountId, demoPresets);
    },
  };
}
