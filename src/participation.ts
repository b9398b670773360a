import type { Router } from '@koa/router';
import type { Registry } from 'prom-client';
import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import type { TimedJob } from './core/scheduler.js';
import { activityMigrations, createActivitiesFeature } from './features/activities/activities-feature.js';
import {
  createActivityNoticeBook,
  createActivityNotices,
} from './features/activities/activity-notices-feature.js';
import { activityRequests, withActivityOffers } from './features/activities/chat/activity-requests.js';
import { createCitizenActivities } from './features/activities/citizen-activities-feature.js';
import { RegisteredNames } from './features/activities/registrations/registered-names.js';
import type { AuditTrail } from './features/audit/audit-trail.js';
import type { RequestHandler } from './features/conversations/dialog-requests.js';
import { createOrdersFeature, orderMigrations } from './features/orders/orders-feature.js';
import type { NoticeSubject } from './features/owed-notices/notice-subject.js';
import { checkInMigrations, createCheckInFeature } from './features/tickets/check-in-feature.js';
import { createTicketsFeature, ticketMigrations } from './features/tickets/tickets-feature.js';
import type { Route } from './http/api/route.js';
import type { CitizenRoute } from './http/citizen-api/citizen-route.js';
import type { Logger } from './observability/logger.js';
import { createPayments, type SimulatedPay } from './payments/create-payments.js';
import type { Migration } from './storage/migrations.js';
import type { MongoConnection } from './storage/mongo-connection.js';
import type { WechatAccount } from './wechat/account.js';

export const participationMigrations: readonly Migration[] = [
  ...orderMigrations,
  ...ticketMigrations,
  ...activityMigrations,
  ...checkInMigrations,
];

export interface Participation {
  /** For the dialog, by name; a name that is there already is taken over. */
  requests: readonly [string, RequestHandler][];
  /** What citizens are told about their registrations. */
  noticeSubject: NoticeSubject;
  /** The staff API. */
  routes: readonly Route[];
  /** The citizens' API. */
  citizenRoutes: readonly CitizenRoute[];
  /** Where WeChat Pay calls back. */
  callbacks: Router;
  jobs: readonly TimedJob[];
  /** For the first start of the sandbox. What was ever touched stays. */
  seedDemo(): Promise<void>;
}

/** Taking part in something: activities, what they cost, and the tickets that let people in. */
export function createParticipation(parts: {
  config: Pick<AppConfig, 'publicUrl' | 'refundApprovalAboveFen'>;
  accounts: readonly WechatAccount[];
  /** Plays WeChat Pay; with the address under which it reaches this process. */
  sandbox?: { pay: SimulatedPay; base: string };
  /** Of other features, by name: 接受 lists their offered places, too. */
  requests: readonly [string, RequestHandler][];
  connection: MongoConnection;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): Participation {
  const { config, accounts, sandbox, connection, clock } = parts;
  const accountIds = accounts.map(({ accountId }) => accountId);
  const pageOf = (accountId: string, path: string) => `${config.publicUrl}/h5/${accountId}/${path}`;
  const orders = createOrdersFeature({
    ...parts,
    accountIds,
    gateway: createPayments({ config, accounts, ...(sandbox && { sandbox }), clock }),
    approvalAboveFen: config.refundApprovalAboveFen,
  });
  const tickets = createTicketsFeature(parts);
  const activities = createActivitiesFeature({
    ...parts,
    accountIds,
    orders: orders.desk,
    tickets: tickets.book,
    ticketCodes: tickets.store,
    notices: createActivityNoticeBook(connection),
  });
  orders.desk.register(activities.subject);
  const { desk, registrations, applicants, lottery } = activities;
  const notices = createActivityNotices({
    connection,
    accountIds,
    activities: activities.activities,
    registrations,
    applicants,
    orders: orders.desk,
    templateOf: (id) => accounts.find(({ accountId }) => accountId === id)?.templates?.activity,
    pageOf: (accountId, registrationId) => pageOf(accountId, `registrations/${registrationId}`),
    clock,
  });
  const door = createCheckInFeature({
    ...parts,
    tickets,
    activities: activities.activities,
    arrivals: activities.arrivals,
    holders: new RegisteredNames(registrations, applicants),
  });
  const chat = { desk, activities: activities.activities, tickets: tickets.book, pageOf };
  return {
    requests: [...activityRequests(chat), ...offersOfAll(chat, parts.requests)],
    noticeSubject: notices.subject,
    routes: [...activities.routes, ...orders.routes, ...door.routes],
    citizenRoutes: createCitizenActivities({
      desk,
      activities: activities.activities,
      tickets: tickets.book,
      orders: orders.desk,
      draws: lottery,
      bridgeScript: sandbox ? '/sandbox/pay/bridge.js' : null,
      clock,
    }),
    callbacks: orders.router,
    jobs: [...orders.jobs, ...activities.jobs, ...notices.jobs],
    seedDemo: () => activities.seedDemo(),
  };
}

/** 接受 lists the places that any feature offers. */
function offersOfAll(
  chat: Parameters<typeof withActivityOffers>[0],
  others: readonly [string, RequestHandler][],
): [string, RequestHandler][] {
  return others
    .filter(([name]) => name === 'appointments.offers')
    .map(([name, handler]) => [name, withActivityOffers(chat, handler)]);
}
