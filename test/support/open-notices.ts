import { createHmac } from 'node:crypto';
import { Registry } from 'prom-client';
import request from 'supertest';
import type { StaffRole } from '../../src/core/permissions.js';
import type { RecipientFacts } from '../../src/features/audience/audience-reader.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { createNoticesFeature, noticeMigrations } from '../../src/features/notices/notices-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { buildFieldCipher } from './builders.js';
import { openidOf } from './delivery-builders.js';
import { NoticePlatformFake } from './fakes/notice-platform-fake.js';
import { noticeAccount } from './notice-builders.js';
import { TestClock } from './open-back-office.js';
import { openTestDatabase } from './test-database.js';

type Method = 'get' | 'post' | 'put' | 'delete';

export type Notices = Awaited<ReturnType<typeof openNotices>>;

/** The whole slice with its staff API for an account of so many followers, on a database of its own. */
export async function openNotices({ followers = 3 } = {}) {
  const database = await openTestDatabase([...auditMigrations, ...noticeMigrations]);
  const { connection } = database;
  const clock = new TestClock(Date.parse('2026-11-22T01:00:00Z'));
  const { trail } = createAuditFeature({ connection, clock });
  const platform = new NoticePlatformFake();
  const people = Array.from({ length: followers }, (_, number) => follower(number));
  const feature = createNoticesFeature({
    connection,
    audience: {
      audience: {
        count: async () => people.length,
        list: async (_account, _rules, { after = '', limit }) => ({
          recipients: people.filter(({ openid }) => openid > after).slice(0, limit),
          next: null,
        }),
        findMany: async (_account, openids) => people.filter(({ openid }) => openids.includes(openid)),
        placeholders: () => ['区县'],
      },
      reach: { recordUnreachable: async () => undefined },
      check: { require: async () => undefined },
    },
    windows: { listOpen: async () => new Set(people.map(({ openid }) => openid)) },
    otherMessages: { settle: () => Promise.resolve(new Set<string>()) },
    platform,
    accountIds: [noticeAccount],
    sensitiveWords: () => undefined,
    audit: trail,
    cipher: buildFieldCipher(),
    clock,
    registry: new Registry(),
    logger: silentLogger,
  });
  const router = apiRouter({
    routes: feature.routes,
    access: {
      // The token is the name and the role of the person.
      identify: async (token) => {
        const [staffId, role] = token.split('.') as [string, StaffRole];
        const roles = [{ accountId: '*', role }];
        return { staffId, name: staffId, roles, sessionId: token, mustChangePassword: false };
      },
      recordRefusal: async () => undefined,
      isAccount: () => true,
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 10_000, windowMs: 60_000 }),
    publicUrl: 'https://console.example',
    logger: silentLogger,
  });
  const http = request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());
  return {
    ...feature,
    platform,
    clock,
    /** Asks as a person with a role, `li.noticeSender`; below the account. */
    async ask(who: string, method: Method, path: string, body: object = {}) {
      const sent = http[method](`/api/v1/accounts/${noticeAccount}/${path}`).set({
        cookie: `__Host-suishen-session=${who}`,
        'x-csrf-token': createHmac('sha256', who).update('csrf').digest('base64url'),
      });
      if (method !== 'get') return sent.send(body);
      return path.endsWith('.xlsx') ? sent.responseType('blob') : sent.buffer(true);
    },
    /** What the trail says, the oldest first. */
    async actions() {
      const { events } = await trail.list({ accountId: noticeAccount }, 100);
      return events.map(({ action }) => action).reverse();
    },
    async close() {
      await feature.workers.stop();
      await database.close();
    },
  };
}

function follower(number: number): RecipientFacts {
  return {
    openid: openidOf(number),
    subscribed: true,
    unreachable: undefined,
    values: { 区县: '梅江区' },
  };
}
