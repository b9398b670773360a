import { createHmac } from 'node:crypto';
import request from 'supertest';
import type { StaffRole } from '../../src/core/permissions.js';
import {
  activityMigrations,
  createActivitiesFeature,
} from '../../src/features/activities/activities-feature.js';
import { ActivityStoreMongo } from '../../src/features/activities/activity-store-mongo.js';
import type { ActivityPlan } from '../../src/features/activities/activity.js';
import type { RegistrationForm } from '../../src/features/activities/registration-desk.js';
import { planToWire } from '../../src/api-types/activities.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { OrderDesk } from '../../src/features/orders/order-desk.js';
import { OrderSubjects, secureOrderDraws } from '../../src/features/orders/order-parts.js';
import { orderMigration, OrderStoreMongo } from '../../src/features/orders/order-store-mongo.js';
import { createTicketsFeature, ticketMigrations } from '../../src/features/tickets/tickets-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { accountId, buildActivityPlan, buildForm, citizen } from './activity-builders.js';
import { PaymentGatewayFake } from './fakes/payment-gateway-fake.js';
import { ActivityClock, registrationCipher } from './registrations.js';
import { openTestDatabase } from './test-database.js';

type Method = 'get' | 'post' | 'put' | 'delete';
/** The role, which is also the person's id; another person of the same role: `leader/wang`. */
type Who = StaffRole | `${StaffRole}/${string}`;

export type ActivityOffice = Awaited<ReturnType<typeof openActivityOffice>>;

/** Activities with their staff API, tickets and orders, on a database of its own; the clock stands at `monday`. */
export async function openActivityOffice({ canTakeMoney = true } = {}) {
  const database = await openTestDatabase([
    ...auditMigrations,
    orderMigration,
    ...ticketMigrations,
    ...activityMigrations,
  ]);
  const { connection } = database;
  const clock = new ActivityClock();
  const { trail } = createAuditFeature({ connection, clock });
  const transactions = new TransactionRunnerMongo(connection);
  const gateway = new PaymentGatewayFake();
  const orders = new OrderDesk({
    orders: new OrderStoreMongo(connection),
    gateway,
    subjects: new OrderSubjects(),
    transactions,
    audit: trail,
    clock,
    draws: secureOrderDraws,
    approvalAboveFen: 10_000,
  });
  if (!canTakeMoney) orders.canTakeMoney = () => false;
  const tickets = createTicketsFeature({ connection, cipher: registrationCipher, clock });
  const feature = createActivitiesFeature({
    connection,
    accountIds: [accountId],
    orders,
    tickets: tickets.book,
    ticketCodes: tickets.store,
    notices: { add: async () => undefined },
    audit: trail,
    cipher: registrationCipher,
    clock,
  });
  orders.register(feature.subject);
  const router = apiRouter({
    routes: feature.routes,
    access: {
      // The token is who it is.
      identify: async (who) => ({
        staffId: who,
        name: who,
        roles: [{ accountId: '*', role: who.split('/')[0] as StaffRole }],
        sessionId: 's',
        mustChangePassword: false,
      }),
      recordRefusal: async () => undefined,
      isAccount: () => true,
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 10_000, windowMs: 60_000 }),
    publicUrl: 'https://console.example',
    logger: silentLogger,
  });
  const http = request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());

  /** Asks as somebody; below `/activities` of the account. */
  async function ask(who: Who, method: Method, path = '', body: object = {}) {
    const sent = http[method](`/api/v1/accounts/${accountId}/activities${path}`).set({
      cookie: `__Host-suishen-session=${who}`,
      'x-csrf-token': createHmac('sha256', who).update('csrf').digest('base64url'),
    });
    const answer = await (method === 'get' ? sent : sent.send(body)).buffer(true).parse(parseAnswer);
    return { status: answer.status, body: answer.body, headers: answer.headers };
  }

  /** An editor draws it up. @returns its id. */
  async function draft(overrides: Partial<ActivityPlan> = {}): Promise<string> {
    const { status, body } = await ask('editor', 'post', '', { plan: wire(overrides) });
    if (status !== 201) throw new Error(`no draft: ${JSON.stringify(body)}`);
    return body.activityId;
  }

  /** And the leader publishes it. @returns its id. */
  async function publish(overrides: Partial<ActivityPlan> = {}): Promise<string> {
    const id = await draft(overrides);
    const { status, body } = await ask('leader', 'post', `/${id}/publish`, { baseRevision: 1 });
    if (status !== 200) throw new Error(`not published: ${JSON.stringify(body)}`);
    return id;
  }

  return {
    ...feature,
    connection,
    store: new ActivityStoreMongo(connection),
    clock,
    orders,
    gateway,
    transactions,
    ticketsFeature: tickets,
    ask,
    draft,
    publish,
    register: (activityId: string, nth: number, form: Partial<RegistrationForm> = {}, mayWait = false) =>
      feature.desk.register(
        citizen(nth),
        buildForm(nth, { activityId, requestKey: `${activityId}-${nth}`, ...form }),
        mayWait,
      ),
    /** The citizen pays at the platform, and its callback is taken in. */
    async pay(orderId: string): Promise<void> {
      const order = await orders.find(accountId, orderId);
      await orders.prepare({ accountId, openid: order.openid }, orderId);
      const state = gateway.pay(order.orderNo, clock.at)!;
      await orders.learn(accountId, {
        id: `e-${order.orderNo}`,
        createdAt: new Date(clock.at),
        kind: 'payment',
        orderNo: order.orderNo,
        state,
      });
    },
    /** Runs a timed job. */
    run(name: string) {
      const job = feature.jobs.find((one) => one.name === name)!;
      return job.work(new AbortController().signal);
    },
    /** What the trail says, the newest first. */
    async audited(action: string) {
      return (await trail.list({ accountId, action }, 100)).events;
    },
    close: database.close,
  };
}

/** A plan as JSON. */
export function wire(overrides: Partial<ActivityPlan> = {}) {
  return planToWire(buildActivityPlan(overrides));
}

/** JSON as what it says, a file as its bytes. */
function parseAnswer(answer: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const parts: Buffer[] = [];
  const stream = answer as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => {
    const bytes = Buffer.concat(parts);
    const isJson = String(answer.headers['content-type']).includes('json');
    done(null, isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : bytes);
  });
}
