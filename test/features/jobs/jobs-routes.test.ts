import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { StaffRole } from '../../../src/core/permissions.js';
import { notFound } from '../../../src/core/refusals.js';
import { jobsRoutes } from '../../../src/features/jobs/jobs-routes.js';
import type { TimedJobView } from '../../../src/features/jobs/timed-jobs.js';
import { apiRouter } from '../../../src/http/api/api-router.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../../src/storage/rate-limiter-memory.js';

const at = new Date('2026-11-24T01:00:00Z');
const failed = {
  runId: 'r1',
  name: 'slots.plan',
  node: 'n1',
  startedAt: at,
  endedAt: at,
  state: 'failed' as const,
  failure: 'the database is away',
};
const job: TimedJobView = {
  name: 'slots.plan',
  title: '生成可约时段',
  purpose: '为新的日子生成时段',
  when: { cron: '10 0 * * *' },
  lastRun: failed,
  lastFailure: failed,
  isRunning: false,
  nextRunAt: at,
};

describe('the jobs in the staff API', () => {
  it('are shown with their last run, their last failure and when they are due', async () => {
    const { status, body } = await ask('auditor', 'get', '/jobs');
    expect(status).toBe(200);
    expect(body.jobs).toEqual([
      {
        name: 'slots.plan',
        title: '生成可约时段',
        purpose: '为新的日子生成时段',
        when: { cron: '10 0 * * *' },
        isRunning: false,
        lastRun: {
          startedAt: at.toISOString(),
          endedAt: at.toISOString(),
          state: 'failed',
          node: 'n1',
          report: null,
          failure: 'the database is away',
        },
        lastFailure: expect.objectContaining({ failure: 'the database is away' }),
        nextRunAt: at.toISOString(),
      },
    ]);
  });

  it.each([
    ['administrator', 'slots.plan', 204],
    ['administrator', 'slots.burn', 404],
    ['auditor', 'slots.plan', 403],
  ] as const)('are run by hand: %s, %s: %d', async (role, name, status) => {
    expect((await ask(role, 'post', `/jobs/${name}/run`)).status).toBe(status);
  });
});

async function ask(role: StaffRole, method: 'get' | 'post', path: string) {
  const router = apiRouter({
    routes: jobsRoutes({
      list: async () => [job],
      runNow: async (name) => {
        if (name !== job.name) throw notFound();
      },
    }),
    access: {
      // The token is the role.
      identify: async (token) => ({
        staffId: 'li',
        name: '小李',
        roles: [{ accountId: '*', role: token as StaffRole }],
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
  return http[method](`/api/v1${path}`).set({
    cookie: `__Host-suishen-session=${role}`,
    'x-csrf-token': createHmac('sha256', role).update('csrf').digest('base64url'),
  });
}
