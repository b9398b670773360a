import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Router } from '@koa/router';
import { createBackOffice } from './back-office.js';
import { createCitizenPages } from './citizen-pages.js';
import type { AppConfig } from './config.js';
import { systemSleep, type Clock } from './core/clock.js';
import { featureMigrations } from './feature-migrations.js';
import { createAppointmentsFeature } from './features/appointments/appointments-feature.js';
import { createAuditFeature } from './features/audit/audit-feature.js';
import { createCitizensFeature } from './features/citizens/citizens-feature.js';
import { createContentFeature } from './features/content/content-feature.js';
import { ContentWorkThread } from './features/content/work/content-work-thread.js';
import {
  createAskedReader,
  createConversationsFeature,
} from './features/conversations/conversations-feature.js';
import { createDutyFeature, createDutyRoutes } from './features/duty/duty-feature.js';
import {
  createInsightsFeature,
  createInsightsRoutes,
  createInsightsWorkers,
  insightsRequests,
} from './features/insights/insights-feature.js';
import { createMessagesFeature } from './features/messages/messages-feature.js';
import type { DemoSignIn } from './features/staff/demo-staff.js';
import { requireReleases, seedContent } from './first-content.js';
import { programForms } from './forms.js';
import { createHttpApp } from './http/http-app.js';
import { listen } from './http/http-server.js';
import { operationsRouter, type Phase } from './http/operations-routes.js';
import { pageRouter } from './http/page-router.js';
import type { Logger } from './observability/logger.js';
import { createMetrics } from './observability/metrics.js';
import { openFieldCipher, openKeyValueStore } from './open-stores.js';
import { createOutreach } from './outreach.js';
import { createParticipation } from './participation.js';
import { migrate } from './storage/migrations.js';
import { connectMongo, databaseOf } from './storage/mongo-connection.js';
import { createTimedWork } from './timed-work.js';
import type { WechatAccount } from './wechat/account.js';
import { ButtonMenuPlatform } from './wechat/client/button-menu-platform.js';
import { createWechatClients } from './wechat/client/wechat-clients.js';
import { WechatMessenger } from './wechat/client/wechat-messenger.js';
import { webhookRouter } from './wechat/door/webhook-routes.js';
import { WechatAnswerFitter } from './wechat/fit-answer.js';

export interface AppOptions {
  config: AppConfig;
  mongodbUri: string;
  /** The accounts to serve: the configured ones, or the sandbox's. */
  accounts: readonly WechatAccount[];
  /** The folder that holds `menus/` and `replies/`: what an account without a release begins with. */
  contentRoot: string;
  logger: Logger;
  clock: Clock;
}

export interface App {
  port: number;
  /** To try the back office with; empty unless the sandbox is on. */
  demoSignIns: readonly DemoSignIn[];
  /** Finishes what was accepted, then closes everything. */
  stop(): Promise<void>;
}

/** What goes on by itself on a node that works. */
interface Worker {
  start(): void | Promise<void>;
  stop(): Promise<void>;
}

/** A worker thread cannot load the sources: run from them, in tests, the program does all its work in one thread. */
const isBuilt = import.meta.url.endsWith('.js');

const builtConsole = fileURLToPath(new URL('../dist/web/console', import.meta.url));

const platformApi = 'https://api.weixin.qq.com';

/**
 * The composition root: opens the storage, makes each feature, wires them, and serves the roles asked for.
 * @throws OperationalError naming the part that could not be had
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, accounts, logger, clock } = options;
  const registry = createMetrics();
  const connection = await connectMongo(options.mongodbUri, logger);
  const keyValueStore = await openKeyValueStore(config, clock, logger);
  const cipher = await openFieldCipher(config, logger);
  const audit = createAuditFeature({ connection, clock });
  const contentThread = isBuilt ? new ContentWorkThread(programForms) : undefined;
  const content = createContentFeature({
    connection,
    ...(contentThread && { work: contentThread }),
    audit: audit.trail,
    logger,
    clock,
    forms: programForms,
    registry,
  });
  await migrate(connection, [...content.migrations, ...featureMigrations]);
  if (!config.production) await seedContent(content, accounts, options.contentRoot, logger);
  await content.liveReleases.start();

  const sandboxBase = `http://127.0.0.1:${config.port}`;
  const clients = createWechatClients({
    accounts,
    apiBase: config.wechatApiBase ?? (config.sandbox ? `${sandboxBase}/sandbox/platform` : platformApi),
    store: keyValueStore,
    registry,
    logger,
    clock,
    sleep: systemSleep,
    random: Math.random,
    newId: randomUUID,
  });
  const people = createCitizensFeature(connection);
  const currentRelease = (accountId: string) => content.liveReleases.current(accountId);
  const accountName = (accountId: string) => currentRelease(accountId)?.content.settings.name ?? accountId;
  const staffParts = { connection, audit: audit.trail, cipher, clock };
  const asked = createAskedReader(connection, cipher);
  const insights = createInsightsFeature({ ...staffParts, questions: content.draftQuestions, asked });
  const messages = createMessagesFeature({ ...staffParts, random: Math.random });
  const duty = createDutyFeature({ ...staffParts, logger, registry });
  const appointments = createAppointmentsFeature({
    ...staffParts,
    accountIds: accounts.map(({ accountId }) => accountId),
    registry,
    logger,
  });
  // In production it is not even loaded.
  const simulation = config.sandbox ? await import('./simulated-platform.js') : null;
  const sandbox = simulation?.makeSandbox(options, currentRelease, sandboxBase) ?? null;
  const participation = createParticipation({
    ...staffParts,
    config,
    accounts,
    ...(sandbox && { sandbox: { pay: sandbox.pay, base: sandboxBase } }),
    requests: appointments.requests,
    registry,
    logger,
  });
  const messenger = new WechatMessenger((accountId) => clients.get(accountId), clock);
  const outreach = createOutreach({
    ...staffParts,
    config,
    accounts,
    citizens: people,
    appointments,
    noticeSubjects: [participation.noticeSubject],
    clients,
    messenger,
    currentRelease,
    registry,
    logger,
  });
  const timedWork = createTimedWork({
    ...staffParts,
    appointments,
    reminders: outreach.reminders,
    jobs: [...outreach.jobs, ...participation.jobs],
    registry,
    logger,
  });
  const fitter = new WechatAnswerFitter();
  const { conversations, outboxWorker, ...journalReaders } = createConversationsFeature({
    connection,
    citizens: people.citizens,
    currentRelease,
    fitter,
    cipher,
    requests: new Map([
      ...insightsRequests(insights),
      ...messages.requests,
      ...duty.requests,
      ...appointments.requests,
      ...participation.requests,
      ...outreach.requests,
    ]),
    messagesPerMinute: config.citizenMessagesPerMinute,
    messenger,
    clock,
    registry,
    logger,
  });

  const { unansweredCollector, answerCounter } = createInsightsWorkers({
    ...journalReaders,
    connection,
    currentRelease,
    clock,
    registry,
    logger,
  });

  const backOffice = createBackOffice({
    config,
    connection,
    cipher,
    clock,
    logger,
    accounts: () =>
      accounts.map(({ accountId }) => ({
        accountId,
        name: accountName(accountId),
      })),
  });

  let phase: Phase = 'starting';
  const routers: Router[] = [
    operationsRouter({
      registry,
      phase: () => phase,
      checks: [
        { name: 'database', check: async () => void (await databaseOf(connection).command({ ping: 1 })) },
        { name: 'content', check: async () => requireReleases(accounts, currentRelease) },
      ],
    }),
  ];
  if (config.roles.has('web')) {
    routers.unshift(
      webhookRouter({
        accounts,
        defaultAccount: config.defaultAccount,
        conversations: outreach.takeReports(conversations),
        clock,
        logger,
        registry,
        freshnessSeconds: config.wechatFreshnessSeconds,
      }),
    );
    routers.push(
      backOffice.router([
        ...content.routes(new ButtonMenuPlatform(clients), fitter),
        ...createInsightsRoutes(insights, currentRelease),
        ...createDutyRoutes(duty, currentRelease),
        ...messages.routes,
        ...appointments.routes,
        ...participation.routes,
        ...outreach.routes,
        ...timedWork.routes,
      ]),
      pageRouter({ prefix: '/console', folder: builtConsole, ownAddresses: true }),
      ...createCitizenPages({
        config,
        connection,
        accounts,
        clients,
        appointments,
        routes: participation.citizenRoutes,
        cipher,
        clock,
        logger,
        accountName,
      }),
      participation.callbacks,
    );
  }
  if (sandbox) {
    await sandbox.start();
    routers.push(sandbox.router);
  }
  if (config.sandbox) {
    await appointments.seedDemo();
    await participation.seedDemo();
    await outreach.seedDemo();
  }
  const demoSignIns = config.sandbox ? await backOffice.staff.demo.ensure() : [];
  const http = createHttpApp({ logger, routers, proxyHops: config.proxyHops });
  const server = await listen(http, config.host, config.port);
  await simulation?.showButtonMenus(clients, currentRelease, logger);
  const workers: readonly Worker[] = [
    outboxWorker,
    unansweredCollector,
    answerCounter,
    appointments.workers,
    outreach.workers,
    timedWork,
  ];
  if (config.roles.has('worker')) for (const worker of workers) await worker.start();

  phase = 'serving';
  return {
    port: server.port,
    demoSignIns,
    async stop() {
      phase = 'stopping';
      await sandbox?.stop();
      await server.stop();
      await conversations.drain();
      for (const worker of workers) await worker.stop();
      await contentThread?.stop();
      await content.liveReleases.stop();
      await keyValueStore.close();
      await connection.close();
    },
  };
}
