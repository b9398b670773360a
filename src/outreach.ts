import type { Registry } from 'prom-client';
import type { AppConfig } from './config.js';
import { steadyClock, systemSleep, type Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import type { NoticeMessenger } from './core/outbound-messenger.js';
import type { TimedJob } from './core/scheduler.js';
import type { Release } from './dialog/release.js';
import type { AppointmentsFeature } from './features/appointments/appointments-feature.js';
import {
  appointmentNoticeMigrations,
  createAppointmentNotices,
  type AppointmentNotices,
} from './features/appointments/notices-feature.js';
import { audienceMigrations, createAudienceFeature } from './features/audience/audience-feature.js';
import type { AuditTrail } from './features/audit/audit-trail.js';
import type { CitizensFeature } from './features/citizens/citizens-feature.js';
import { createOpenWindowReader } from './features/conversations/conversations-feature.js';
import type { RequestHandler } from './features/conversations/dialog-requests.js';
import {
  createNoticesFeature,
  noticeMigrations,
  type NoticesFeature,
} from './features/notices/notices-feature.js';
import type { NoticeSubject } from './features/owed-notices/notice-subject.js';
import { createOwedNotices, owedNoticeMigrations } from './features/owed-notices/owed-notices-feature.js';
import type { Route } from './http/api/route.js';
import type { Logger } from './observability/logger.js';
import type { Migration } from './storage/migrations.js';
import type { MongoConnection } from './storage/mongo-connection.js';
import type { WechatAccount } from './wechat/account.js';
import type { WechatClient } from './wechat/client/wechat-client.js';
import { WechatFollowerPlatform } from './wechat/client/wechat-follower-platform.js';
import { WechatNoticePlatform } from './wechat/client/wechat-notice-platform.js';

/** After those of citizens and appointments. */
export const outreachMigrations: readonly Migration[] = [
  ...owedNoticeMigrations,
  ...appointmentNoticeMigrations,
  ...audienceMigrations,
  ...noticeMigrations,
];

export interface Outreach {
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
  /** The staff API. */
  routes: readonly Route[];
  jobs: readonly TimedJob[];
  reminders: AppointmentNotices['reminders'];
  /** On workers only. */
  workers: { start(): void; stop(): Promise<void> };
  takeReports: NoticesFeature['takeReports'];
  /** For the first start of the sandbox. What was ever set stays. */
  seedDemo(): Promise<void>;
}

/** Reaching out to citizens: who follows and belongs to whom, and what they are sent. */
export function createOutreach(parts: {
  config: Pick<AppConfig, 'publicUrl'>;
  accounts: readonly WechatAccount[];
  messenger: NoticeMessenger;
  connection: MongoConnection;
  citizens: CitizensFeature;
  /** What citizens are told about besides appointments. */
  noticeSubjects: readonly NoticeSubject[];
  appointments: Pick<AppointmentsFeature, 'booked' | 'offers' | 'timetable'>;
  /** By account id. */
  clients: ReadonlyMap<string, WechatClient>;
  currentRelease: (accountId: string) => Release | undefined;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): Outreach {
  const { config, accounts, appointments, connection, clients, clock } = parts;
  const accountIds = accounts.map(({ accountId }) => accountId);
  const visits = createAppointmentNotices({
    ...parts,
    ...appointments,
    templateOf: (id) => accounts.find(({ accountId }) => accountId === id)?.templates?.appointment,
    pageOf: (id) => `${config.publicUrl}/h5/${id}/appointments`,
  });
  const owed = createOwedNotices({ ...parts, subjects: [visits.subject, ...parts.noticeSubjects] });
  const audience = createAudienceFeature({
    ...parts,
    accountIds,
    platform: new WechatFollowerPlatform(clients),
  });
  const notices = createNoticesFeature({
    ...parts,
    accountIds,
    audience,
    windows: createOpenWindowReader(connection),
    platform: new WechatNoticePlatform({
      clients,
      clock,
      steadyClock,
      sleep: systemSleep,
    }),
    otherMessages: owed.undelivered,
    sensitiveWords: (accountId) => parts.currentRelease(accountId)?.sensitive.outgoing,
  });
  return {
    requests: audience.requests,
    routes: [...owed.routes, ...audience.routes, ...notices.routes],
    jobs: [...audience.jobs, ...notices.jobs],
    reminders: visits.reminders,
    workers: {
      start() {
        owed.worker.start();
        audience.workers.start();
        notices.workers.start();
      },
      async stop() {
        await Promise.all([owed.worker.stop(), audience.workers.stop(), notices.workers.stop()]);
      },
    },
    takeReports: (conversations) => notices.takeReports(conversations),
    async seedDemo() {
      await audience.seedDemo();
      await notices.seedDemo();
    },
  };
}
