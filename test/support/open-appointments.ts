import { createHmac } from 'node:crypto';
import { Registry } from 'prom-client';
import request from 'supertest';
import type { StaffRole } from '../../src/core/permissions.js';
import {
  appointmentMigrations,
  createAppointmentsFeature,
} from '../../src/features/appointments/appointments-feature.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { owedNoticeMigrations } from '../../src/features/owed-notices/owed-notices-feature.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { accountId, ClockFake, consent, citizen, person } from './booking.js';
import { buildFieldCipher } from './builders.js';
import { createRecordingLogger } from './recording-logger.js';
import { openTestDatabase } from './test-database.js';

type Method = 'get' | 'post' | 'put' | 'delete';

export type Appointments = Awaited<ReturnType<typeof openAppointments>>;

/** The whole slice with its staff API, on a database of its own; the clock stands at a Monday, eight in the morning. */
export async function openAppointments() {
  const database = await openTestDatabase([
    ...auditMigrations,
    ...appointmentMigrations,
    ...owedNoticeMigrations,
  ]);
  const { connection } = database;
  const clock = new ClockFake();
  const { trail } = createAuditFeature({ connection, clock });
  const registry = new Registry();
  const { logger, lines } = createRecordingLogger();
  const feature = createAppointmentsFeature({
    connection,
    accountIds: [accountId],
    audit: trail,
    cipher: buildFieldCipher(),
    clock,
    registry,
    logger,
  });
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
  return {
    ...feature,
    database,
    connection,
    clock,
    trail,
    registry,
    lines,
    /** Asks as somebody with the role; below `/appointments` of the account. */
    async ask(role: StaffRole, method: Method, path: string, body: object = {}) {
      const sent = http[method](`/api/v1/accounts/${accountId}/appointments/${path}`).set({
        cookie: `__Host-suishen-session=${role}`,
        'x-csrf-token': createHmac('sha256', role).update('csrf').digest('base64url'),
      });
      const answer = await (method === 'get' ? sent.buffer(true).parse(parseAnswer) : sent.send(body));
      return { status: answer.status, body: answer.body, headers: answer.headers };
    },
    /** What the trail says, the newest first. */
    async audited(action: string) {
      return (await trail.list({ accountId, action }, 100)).events;
    },
    /** Holds and books the first free time of a day. */
    async book(nth: number, day: string) {
      const slots = await feature.timetable.slots(accountId, 'id-card', 'hall', day);
      const { slotId } = slots.find(({ state }) => state === 'free')!;
      const { appointmentId } = await feature.desk.hold(citizen(nth), slotId);
      return feature.desk.book(citizen(nth), appointmentId, person(nth), consent);
    },
    close: database.close,
  };
}

/** JSON as what it says, a file as its bytes. */
function parseAnswer(answer: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const parts: Buffer[] = [];
  const stream = answer as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => {
    const bytes = Buffer.concat(parts);
    const isJson = String(answer.headers['content-type']).includes('json');
    done(null, isJson ? JSON.parse(bytes.toString()) : bytes);
  });
}
