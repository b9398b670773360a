import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import type { Activity } from '../../src/features/activities/activity.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { PasswordHasher } from '../../src/features/staff/password-hasher.js';
import { createStaffFeature, staffMigrations } from '../../src/features/staff/staff-feature.js';
import { checkInMigrations, createCheckInFeature } from '../../src/features/tickets/check-in-feature.js';
import type { AdmissionOrder } from '../../src/features/tickets/check-in-desk.js';
import { createTicketsFeature, ticketMigrations } from '../../src/features/tickets/tickets-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { listen } from '../../src/http/http-server.js';
import { pageRouter } from '../../src/http/page-router.js';
import { silentLogger } from '../../src/observability/logger.js';
import { databaseOf, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { rateLimitMigration } from '../../src/storage/rate-limiter-mongo.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { accountId, activityId, buildActivity, buildRegistration } from './activity-builders.js';
import { TestClock } from './open-back-office.js';
import { openTestDatabase } from './test-database.js';

export const actor = { by: { staffId: 's1', name: '小李' }, from: { address: '127.0.0.1', agent: 'test' } };
const keys = { key: randomBytes(32), hashKey: randomBytes(32) };

class RunningClock extends TestClock {
  override now(): number {
    return Date.now();
  }
}

/** The door on a database of its own, with activities and registrations that only the test knows; `nodes` of it. */
export async function openCheckIn(options: {
  /** Where the clock stands still; absent: it goes. */
  now?: number;
  activities?: readonly Activity[];
  nodes?: number;
}) {
  const { activities = [buildActivity()], nodes = 1 } = options;
  const clock = options.now === undefined ? new RunningClock(0) : new TestClock(options.now);
  const database = await openTestDatabase([
    rateLimitMigration,
    ...auditMigrations,
    ...staffMigrations,
    ...ticketMigrations,
    ...checkInMigrations,
  ]);
  const { connection } = database;
  const known = [...activities];
  const arrived: string[] = [];
  const cipher = new NodeFieldCipher(keys);
  const audit = createAuditFeature({ connection, clock });

  function openNode() {
    const tickets = createTicketsFeature({ connection, cipher, clock });
    const door = createCheckInFeature({
      connection,
      tickets,
      activities: {
        find: async (account, id) =>
          known.find((one) => one.accountId === account && one.activityId === id) ?? null,
        listPublic: async (account) => known.filter((one) => one.accountId === account),
      },
      arrivals: {
        arrived: async (_tx, _account, registrationId) => void arrived.push(registrationId),
        undone: async (_tx, _account, registrationId) =>
          void arrived.splice(arrived.indexOf(registrationId), 1),
      },
      holders: {
        readMasked: async (_account, ids) =>
          new Map(ids.map((id) => [id, `市**（${id.replace('registration-', '')}）`])),
      },
      audit: audit.trail,
      clock,
    });
    return { tickets, door };
  }

  const opened = Array.from({ length: nodes }, openNode);
  const [first] = opened as [ReturnType<typeof openNode>];
  const runner = new TransactionRunnerMongo(connection);

  return {
    ...first,
    nodes: opened,
    clock,
    connection,
    arrived,
    activities: known,
    async issue(nth: number, groupId = 'all', of = activityId) {
      const registration = buildRegistration(nth, { groupId, activityId: of });
      const ticketId = await runner.run((tx) => first.tickets.book.issue(tx, registration));
      const shown = (await first.tickets.book.readQr(accountId, ticketId))!;
      return { ticketId, ...shown };
    },
    revoke: (ticketId: string) =>
      runner.run((tx) => first.tickets.book.revoke(tx, accountId, ticketId, '已退票')),
    records: (name: string) => databaseOf(connection).collection(name).find().toArray(),
    audited: async (action: string) => (await audit.trail.list({ accountId, action }, 500)).events,
    serve: (demo: boolean) => serve(connection, clock, cipher, audit, first.door.routes, demo),
    close: database.close,
  };
}

export type CheckInBench = Awaited<ReturnType<typeof openCheckIn>>;

export function buildOrder(shown: AdmissionOrder['shown'], overrides: Partial<AdmissionOrder> = {}) {
  return {
    accountId,
    activityId,
    shown,
    device: 'device-1',
    gate: '1号口',
    requestId: `request-${randomBytes(6).toString('hex')}`,
    ...overrides,
  };
}

/** The staff API and the console that was built. */
async function serve(
  connection: MongoConnection,
  clock: TestClock,
  cipher: NodeFieldCipher,
  audit: ReturnType<typeof createAuditFeature>,
  routes: ReturnType<typeof createCheckInFeature>['routes'],
  sandbox: boolean,
) {
  const staff = createStaffFeature({
    connection,
    trail: audit.trail,
    cipher,
    clock,
    sessionLimits: { idleMs: 30 * 60_000, absoluteMs: 12 * 60 * 60_000 },
    accounts: () => [{ accountId, name: '平安梅州' }],
    sandbox,
    hasher: new PasswordHasher({ logCost: 4, r: 8, p: 1 }),
  });
  await staff.demo.ensure();
  const router = apiRouter({
    routes: [...staff.routes, ...routes],
    access: staff.access,
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 100_000, windowMs: 60_000 }),
    publicUrl: 'http://127.0.0.1',
    logger: silentLogger,
  });
  const page = pageRouter({
    prefix: '/console',
    folder: resolve('dist/web/console'),
    ownAddresses: true,
  });
  const server = await listen(
    createHttpApp({ logger: silentLogger, routers: [router, page] }),
    '127.0.0.1',
    0,
  );
  return { origin: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
}
