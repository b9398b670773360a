import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { systemSleep } from '../../src/core/clock.js';
import { ActivityStoreMongo, activityMigration } from '../../src/features/activities/activity-store-mongo.js';
import type { Activity, ActivityPlan } from '../../src/features/activities/activity.js';
import { createActivityNoticeBook } from '../../src/features/activities/activity-notices-feature.js';
import { createCitizenActivities } from '../../src/features/activities/citizen-activities-feature.js';
import { prepareDraw } from '../../src/features/activities/draw/draw-seed.js';
import {
  createRegistrationsFeature,
  registrationMigrations,
} from '../../src/features/activities/registrations-feature.js';
import { StoredActivities } from '../../src/features/activities/stored-activities.js';
import { citizenRoutes } from '../../src/features/appointments/citizen-routes.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { createCitizenSignIn } from '../../src/features/citizens/citizen-sign-in-feature.js';
import { citizenMigrations } from '../../src/features/citizens/citizens-feature.js';
import { createOrdersFeature, orderMigrations } from '../../src/features/orders/orders-feature.js';
import { owedNoticeMigrations } from '../../src/features/owed-notices/owed-notices-feature.js';
import { createTicketsFeature, ticketMigrations } from '../../src/features/tickets/tickets-feature.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { listen } from '../../src/http/http-server.js';
import { pageRouter } from '../../src/http/page-router.js';
import { silentLogger } from '../../src/observability/logger.js';
import { createPayments } from '../../src/payments/create-payments.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { findFreePort } from '../../src/storage/embedded/port.js';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { WechatOauth } from '../../src/wechat/client/oauth.js';
import { createWechatClients } from '../../src/wechat/client/wechat-clients.js';
import { accountId, buildActivityPlan, buildGroup, day, hour } from './activity-builders.js';
import { buildFieldCipher } from './builders.js';
import { builtPage, PageDesk } from './citizen-pages.js';
import { TimetableFake } from './fakes/timetable-fake.js';
import { openTestDatabase } from './test-database.js';

const account = {
  accountId,
  appId: 'wxb11529c136998cb6',
  appSecret: 'secret-of-the-account',
  token: 'token',
  messageMode: 'plain',
} as const;
const editor = { by: { staffId: 'editor', name: '编辑' }, from: { address: '127.0.0.1', agent: 'test' } };

/** The pages of citizens with real activities, orders and tickets, over a simulated WeChat with its pay sheet. */
export async function openActivityPages() {
  const database = await openTestDatabase([
    ...auditMigrations,
    ...citizenMigrations,
    ...orderMigrations,
    ...ticketMigrations,
    ...owedNoticeMigrations,
    activityMigration,
    ...registrationMigrations,
  ]);
  const { connection } = database;
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const time = { aheadMs: 0 };
  const clock = { now: () => Date.now() + time.aheadMs };
  const shared = {
    connection,
    clock,
    logger: silentLogger,
    cipher: buildFieldCipher(),
    registry: new Registry(),
  };
  const sandbox = createSandbox({
    accounts: [{ account, name: '平安梅州（示例）' }],
    clock,
    logger: silentLogger,
    random: Math.random,
    webhookUrl: (id) => `${origin}/wechat/${id}`,
  });
  const audit = createAuditFeature({ connection, clock }).trail;
  const orders = createOrdersFeature({
    ...shared,
    audit,
    gateway: createPayments({
      config: { publicUrl: origin },
      accounts: [account],
      sandbox: { pay: sandbox.pay, base: origin },
      clock,
    }),
    accountIds: [accountId],
    approvalAboveFen: 10_000,
  });
  const tickets = createTicketsFeature(shared);
  const store = new ActivityStoreMongo(connection);
  const registrations = createRegistrationsFeature({
    ...shared,
    audit,
    activities: store,
    orders: orders.desk,
    tickets: tickets.book,
    notices: createActivityNoticeBook(connection),
  });
  orders.desk.register(registrations.subject);
  const activities = new StoredActivities({ ...registrations, activities: store, clock });
  const clients = createWechatClients({
    ...shared,
    accounts: [account],
    apiBase: `${origin}/sandbox/platform`,
    store: new KeyValueStoreMemory(clock),
    sleep: systemSleep,
    random: Math.random,
    newId: randomUUID,
  });
  const signIn = createCitizenSignIn({
    ...shared,
    oauth: new WechatOauth({ accounts: [account], clients, authorizeBase: '/sandbox' }),
    isAccount: (id) => id === accountId,
    publicUrl: origin,
    sandbox: true,
  });
  const hall = new PageDesk([], { now: clock.now() });
  const timetable = new TimetableFake(hall, { services: [], venues: [] });
  const offer = {
    services: async () => [],
    findService: async () => null,
    venues: async () => [],
    findVenue: async () => null,
    schedulesOf: async () => [],
  };
  const routers = [
    ...signIn.routers([
      ...citizenRoutes({ desk: hall, timetable, offer, accountName: () => '平安梅州（示例）', clock }),
      ...createCitizenActivities({
        activities,
        draws: registrations.lottery,
        desk: registrations.desk,
        tickets: tickets.book,
        orders: orders.desk,
        bridgeScript: '/sandbox/pay/bridge.js',
        clock,
      }),
    ]),
    orders.router,
    pageRouter({ prefix: '/h5/:accountId', folder: builtPage, ownAddresses: true }),
    sandbox.router,
  ];
  const server = await listen(createHttpApp({ logger: silentLogger, routers }), '127.0.0.1', port);
  const transactions = new TransactionRunnerMongo(connection);
  const plan = (activity: Activity) =>
    transactions.run(async (tx) => registrations.places.plan(tx, activity));
  return {
    origin,
    sandbox,
    clock,
    time,
    orders: orders.desk,
    ...registrations,
    conduct: sandbox.world.accounts.get(accountId)!,
    /** Publishes an activity that begins in five days; registration has been open for an hour. */
    async publish(activityId: string, overrides: Partial<ActivityPlan> = {}): Promise<Activity> {
      const now = clock.now();
      const begin = Math.ceil(now / hour) * hour + 5 * day;
      const at = new Date(now);
      const activity: Activity = {
        ...buildActivityPlan({
          startsAt: new Date(begin),
          endsAt: new Date(begin + 2 * hour),
          opensAt: new Date(now - hour),
          closesAt: new Date(begin - day),
          groups: [buildGroup({ quota: 10 })],
          ...overrides,
        }),
        accountId,
        activityId,
        state: 'published',
        formVersion: 1,
        revision: 1,
        publishedAt: at,
        updatedAt: at,
        updatedBy: editor.by,
        ...(overrides.mode === 'lots' && { draw: prepareDraw({ accountId, activityId }, shared.cipher) }),
      };
      await transactions.run((tx) => store.add(tx, activity));
      await plan(activity);
      return activity;
    },
    /** Staff change what is published. */
    async change(activityId: string, change: Partial<Activity>): Promise<void> {
      const before = (await store.find(accountId, activityId))!;
      const after = { ...before, ...change, revision: before.revision + 1 };
      await transactions.run(async (tx) => {
        const read = (await store.find(accountId, activityId, tx))!;
        await store.replace(tx, read, after);
      });
      await plan(after);
    },
    draw: (activityId: string) => registrations.lottery.draw({ accountId, activityId }, editor),
    openidOf: (nickname: string) =>
      [...sandbox.world.accounts.get(accountId)!.citizens.values()].find((one) => one.nickname === nickname)!
        .openid,
    async stop() {
      await sandbox.stop();
      await server.stop();
      await database.close();
    },
  };
}

export type ActivityPages = Awaited<ReturnType<typeof openActivityPages>>;
