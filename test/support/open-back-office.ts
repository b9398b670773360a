import { randomBytes } from 'node:crypto';
import request from 'supertest';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import type { RoleGrant } from '../../src/core/permissions.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { AuditEvent } from '../../src/features/audit/audit-event.js';
import { PasswordHasher } from '../../src/features/staff/password-hasher.js';
import { createStaffFeature, staffMigrations } from '../../src/features/staff/staff-feature.js';
import type { StaffMember } from '../../src/features/staff/staff-member.js';
import { StaffStoreMongo } from '../../src/features/staff/staff-store-mongo.js';
import { apiRouter } from '../../src/http/api/api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { silentLogger } from '../../src/observability/logger.js';
import type { MongoConnection } from '../../src/storage/mongo-connection.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { rateLimitMigration } from '../../src/storage/rate-limiter-mongo.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildMember } from './staff-builders.js';
import { openTestDatabase } from './test-database.js';

export const accounts = [
  { accountId: 'pingan-meizhou', name: '平安梅州' },
  { accountId: 'meizhou-traffic', name: '梅州交警' },
];

/** As slow as a test can bear. */
const hasher = new PasswordHasher({ logCost: 4, r: 8, p: 1 });
const keys = { key: randomBytes(32), hashKey: randomBytes(32) };

export type BackOffice = Awaited<ReturnType<typeof openBackOffice>>;

/** The staff API on a database of its own; `nodes` of it. The clock stands still until it is set. */
export async function openBackOffice({ nodes = 1, sandbox = false } = {}) {
  const clock = new TestClock(Date.now());
  const migrations = [rateLimitMigration, ...auditMigrations, ...staffMigrations];
  const database = await openTestDatabase(migrations);
  const apps = Array.from({ length: nodes }, () => openNode(database.connection, clock, sandbox));
  const [first] = apps as [(typeof apps)[0]];
  const staff = new StaffStoreMongo(database.connection);
  const runner = new TransactionRunnerMongo(database.connection);

  /** Somebody with the password `passwordOf(username)`. */
  async function addMember(roles: RoleGrant[], overrides: Partial<StaffMember> = {}): Promise<StaffMember> {
    const member = buildMember({ roles, ...overrides });
    member.passwordHash = await hasher.hash(passwordOf(member));
    await runner.run((tx) => staff.insert(tx, member));
    return member;
  }

  return {
    ...first,
    clock,
    database,
    staff,
    addMember,
    http: first.http,
    nodes: apps.map(({ http }) => http),
    /** Somebody with these roles, signed in. */
    async enter(...roles: RoleGrant[]): Promise<Client> {
      return signIn(first.http, await addMember(roles));
    },
    /** What the trail says of `system`, the newest first. */
    async audited(selection: { action?: string; objectId?: string } = {}): Promise<AuditEvent[]> {
      return (await first.trail.list({ accountId: 'system', ...selection }, 100)).events;
    },
    close: () => database.close(),
  };
}

export function passwordOf({ id }: Pick<StaffMember, 'id'>): string {
  return `right-${id}`;
}

export class TestClock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}

export type Http = ReturnType<typeof request>;

/** A browser in which somebody is signed in. */
export interface Client {
  member: StaffMember;
  get: (path: string) => request.Test;
  post: (path: string, body: object) => request.Test;
  put: (path: string, body: object) => request.Test;
  delete: (path: string) => request.Test;
  /** Takes over the cookie and the token of an answer that began a new session. */
  renew: (response: request.Response) => void;
}

export async function signIn(
  http: Http,
  member: StaffMember,
  { password = passwordOf(member), code }: { password?: string; code?: string } = {},
): Promise<Client> {
  const response = await http
    .post('/api/v1/session')
    .send({ username: member.username, password, ...(code !== undefined && { code }) });
  if (response.status !== 201) throw new Error(`the sign-in failed: ${JSON.stringify(response.body)}`);
  return clientOf(http, member, response);
}

export function clientOf(http: Http, member: StaffMember, signedIn: request.Response): Client {
  let cookie = '';
  let csrfToken = '';
  const send = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
    http[method](`/api/v1${path}`).set({ cookie, 'x-csrf-token': csrfToken });
  const client: Client = {
    member,
    get: (path) => send('get', path),
    post: (path, body) => send('post', path).send(body),
    put: (path, body) => send('put', path).send(body),
    delete: (path) => send('delete', path),
    renew(response) {
      cookie = String(response.get('set-cookie')?.[0]).split(';')[0] ?? '';
      csrfToken = response.body.csrfToken;
    },
  };
  client.renew(signedIn);
  return client;
}

function openNode(connection: MongoConnection, clock: TestClock, sandbox: boolean) {
  const { trail, routes: auditRoutes } = createAuditFeature({ connection, clock });
  const staffFeature = createStaffFeature({
    connection,
    trail,
    cipher: new NodeFieldCipher(keys),
    clock,
    sessionLimits: { idleMs: 30 * 60_000, absoluteMs: 12 * 60 * 60_000 },
    accounts: () => accounts,
    sandbox,
    hasher,
  });
  const router = apiRouter({
    routes: [...staffFeature.routes, ...auditRoutes],
    access: staffFeature.access,
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 100_000, windowMs: 60_000 }),
    publicUrl: 'http://console.example',
    logger: silentLogger,
  });
  const app = createHttpApp({ logger: silentLogger, routers: [router] });
  return { trail, demo: staffFeature.demo, http: request(app.callback()) };
}
