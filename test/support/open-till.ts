import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import request from 'supertest';
import type { StaffRole } from '../../src/core/permissions.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { Order } from '../../src/features/orders/order.js';
import { createOrdersFeature, orderMigrations } from '../../src/features/orders/orders-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import { pageRouter } from '../../src/http/page-router.js';
import { createPayments } from '../../src/payments/create-payments.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { testAccount, minute } from '../sandbox/fixture.js';
import { accountId, payStage, type Heard } from '../sandbox/pay/pay-stage.js';
import { listen } from './listen.js';
import { SubjectFake } from './order-builders.js';
import { openTestDatabase } from './test-database.js';

type Method = 'get' | 'post';

/** Of the staff API here: the session's token is the role, and the person. */
export const sessionCookieName = 'suishen-session';
export function csrfTokenOf(role: StaffRole): string {
  return createHmac('sha256', role).update('csrf').digest('base64url');
}

const builtConsole = fileURLToPath(new URL('../../dist/web/console', import.meta.url));

export type Till = Awaited<ReturnType<typeof openTill>>;

/**
 * The whole slice on a database of its own, with the sandbox as WeChat Pay over HTTP. What the platform calls back is
 * kept in `heard`; `deliver` takes it to the real router.
 */
export async function openTill({ approvalAboveFen = 10_000 } = {}) {
  const stage = await payStage();
  const { clock, citizen } = stage;
  const database = await openTestDatabase([...auditMigrations, ...orderMigrations]);
  const { connection } = database;
  const { trail } = createAuditFeature({ connection, clock });
  const gateway = createPayments({
    config: { publicUrl: 'https://wx.example.gov.cn' },
    accounts: [testAccount()],
    sandbox: { pay: stage.desk, base: stage.notifyUrl },
    clock,
  });
  const registry = new Registry();
  const feature = createOrdersFeature({
    connection,
    gateway,
    audit: trail,
    accountIds: [accountId],
    approvalAboveFen,
    clock,
    logger: silentLogger,
    registry,
  });
  const subject = new SubjectFake();
  feature.desk.register(subject);
  const api = apiRouter({
    routes: feature.routes,
    access: {
      identify: async (role) => ({
        staffId: role,
        name: role,
        roles: [{ accountId: '*', role: role as StaffRole }],
        sessionId: 's',
        mustChangePassword: false,
      }),
      recordRefusal: async () => undefined,
      isAccount: () => true,
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 10_000, windowMs: 60_000 }),
    publicUrl: 'http://console.example',
    logger: silentLogger,
  });
  const pages = pageRouter({ prefix: '/console', folder: builtConsole, ownAddresses: true });
  const app = createHttpApp({ logger: silentLogger, routers: [feature.router, api, pages] });
  const answer = app.callback();
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  const port = await listen(server);
  const http = request(server);
  const transactions = new TransactionRunnerMongo(connection);
  const inTime = new AbortController().signal;
  const find = (orderId: string) => feature.desk.find(accountId, orderId);

  return {
    ...stage,
    ...feature,
    database,
    gateway,
    subject,
    staffOrigin: `http://127.0.0.1:${port}`,
    trail,
    find,
    settle: () => feature.desk.settleDue(inTime),
    follow: () => feature.desk.followRefunds(inTime),
    async place(amountFen = 3_000): Promise<Order> {
      return transactions.run((tx) =>
        feature.desk.place(tx, {
          accountId,
          openid: citizen.openid,
          subject: { kind: 'registration', id: `r-${amountFen}` },
          description: '少年宫绘画班',
          amountFen,
          payableUntil: new Date(clock.now() + 15 * minute),
        }),
      );
    },
    /** The citizen opens the payment and types the password. @returns once the platform's letter is there. */
    async pay(order: Order): Promise<Heard> {
      await feature.desk.prepare({ accountId, openid: citizen.openid }, order.orderId);
      const before = stage.heard.length;
      stage.desk.pay(stage.merchant, stage.merchant.book.find(order.orderNo));
      await stage.desk.settled();
      return stage.heard[before]!;
    },
    /** @returns the status, and the code by which it was counted. */
    async deliver({ headers, body }: Heard, account = accountId): Promise<number> {
      const sent = Object.fromEntries(
        Object.entries(headers).filter(([name]) => name.startsWith('wechatpay-') || name === 'content-type'),
      );
      const answer = await fetch(`http://127.0.0.1:${port}/pay/notify/${account}`, {
        method: 'POST',
        headers: sent,
        body,
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    /** How many callbacks ended so. */
    async counted(outcome: string): Promise<number> {
      const { values } = await registry.getSingleMetric('suishen_payment_callbacks_total')!.get();
      return values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
    },
    /** Asks the staff API as somebody with the role; below the account. */
    async ask(role: StaffRole, method: Method, path: string, body: object = {}) {
      const sent = http[method](`/api/v1/accounts/${accountId}/${path}`).set({
        cookie: `${sessionCookieName}=${role}`,
        'x-csrf-token': csrfTokenOf(role),
      });
      const answer = await (method === 'get' ? sent : sent.send(body));
      return { status: answer.status, body: answer.body };
    },
    async audited(action: string) {
      return (await trail.list({ accountId, action }, 100)).events;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await database.close();
    },
    changeCertificate: () => stage.desk.changeCertificate(accountId),
    /** Resolves when the sandbox has no callback under way. */
    platformSettled: () => stage.desk.settled(),
  };
}
