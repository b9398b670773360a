import { createHmac } from 'node:crypto';
import { Registry } from 'prom-client';
import request from 'supertest';
import type { StaffRole } from '../../src/core/permissions.js';
import {
  appointmentMigrations,
  createAppointmentsFeature,
} from '../../src/features/appointments/appointments-feature.js';
import { audienceMigrations, createAudienceFeature } from '../../src/features/audience/audience-feature.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { Citizen } from '../../src/features/citizens/citizen.js';
import { citizenMigrations, createCitizensFeature } from '../../src/features/citizens/citizens-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { accountId, ClockFake } from './booking.js';
import { buildFieldCipher } from './builders.js';
import { FollowerPlatformFake } from './fakes/follower-platform-fake.js';
import { openTestDatabase } from './test-database.js';

type Method = 'get' | 'post' | 'put' | 'delete';

export type Audience = Awaited<ReturnType<typeof openAudience>>;

export const audienceTestMigrations = [
  ...auditMigrations,
  ...citizenMigrations,
  ...appointmentMigrations,
  ...audienceMigrations,
];

/** The whole slice with its staff API over a platform in memory; the clock stands at a Monday, eight in the morning. */
export async function openAudience() {
  const database = await openTestDatabase(audienceTestMigrations);
  const { connection } = database;
  const clock = new ClockFake();
  const { trail } = createAuditFeature({ connection, clock });
  const citizens = createCitizensFeature(connection);
  const common = { connection, accountIds: [accountId], audit: trail, clock, logger: silentLogger };
  const appointments = createAppointmentsFeature({
    ...common,
    cipher: buildFieldCipher(),
    registry: new Registry(),
  });
  await appointments.seedDemo();
  const platform = new FollowerPlatformFake();
  const feature = createAudienceFeature({ ...common, citizens, appointments, platform });
  const router = apiRouter({
    routes: feature.routes,
    access: {
      // The token is the role.
      identify: async (role) => ({
        staffId: 'li',
        name: '小李',
        roles: [{ accountId: '*', role: role as StaffRole }],
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
  const stored = databaseOf(connection).collection<Citizen>('citizens');
  return {
    ...feature,
    ...citizens,
    appointments,
    connection,
    clock,
    platform,
    trail,
    /** Puts citizens there as they are; they follow unless told otherwise. */
    async addCitizens(...some: (Partial<Citizen> & { openid: string })[]) {
      const usual = { accountId, firstContactAt: new Date(clock.now()), subscriptions: [], subscribed: true };
      await stored.insertMany(some.map((one) => ({ ...usual, ...one })));
    },
    findCitizen: (openid: string) => stored.findOne({ accountId, openid }, { projection: { _id: 0 } }),
    /** Asks as somebody with the role; below `/audience` of the account. */
    async ask(role: StaffRole, method: Method, path: string, body: object = {}) {
      const sent = http[method](`/api/v1/accounts/${accountId}/audience/${path}`).set({
        cookie: `__Host-suishen-session=${role}`,
        'x-csrf-token': createHmac('sha256', role).update('csrf').digest('base64url'),
      });
      const answer = await (method === 'get' ? sent : sent.send(body));
      return { status: answer.status, body: answer.body };
    },
    /** What the trail says, the newest first. */
    async audited(action: string) {
      return (await trail.list({ accountId, action }, 100)).events;
    },
    /** As just opened, but for the offer of appointments: quicker than a database for each test. */
    async clear() {
      await feature.workers.stop();
      const names = ['citizens', 'appointments', 'audience_runs', 'audience_tags', 'audience_segments'];
      const all = [...names, 'audience_settings', 'audit_events', 'audit_heads'];
      await Promise.all(all.map((name) => databaseOf(connection).collection(name).deleteMany({})));
      platform.clear();
    },
    async close() {
      await feature.workers.stop();
      await database.close();
    },
  };
}
