import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import type { StaffRole } from '../../../src/core/permissions.js';
import { forbidden } from '../../../src/core/refusals.js';
import { apiRouter } from '../../../src/http/api/api-router.js';
import type { RefusedAttempt, Visitor } from '../../../src/http/api/access-control.js';
import { definePublicRoute, defineRoute, type Route } from '../../../src/http/api/route.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../../src/storage/rate-limiter-memory.js';

const listNotes = defineRoute({
  method: 'get',
  path: '/accounts/:accountId/notes',
  summary: 'The notes of an account',
  permission: 'staff.view',
  account: 'path',
  params: z.object({ accountId: z.string() }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
  response: z.object({ account: z.string(), limit: z.number() }),
  handler: async ({ params, query }) => ({ account: params.accountId, limit: query.limit, secret: 'inside' }),
});

const addNote = defineRoute({
  method: 'post',
  path: '/accounts/:accountId/notes',
  summary: 'Adds a note',
  permission: 'staff.manage',
  account: 'path',
  body: z.strictObject({ text: z.string().min(1).max(20), tags: z.array(z.string().max(3)).optional() }),
  bodyLimitBytes: 1_000,
  status: 201,
  response: z.object({ text: z.string(), by: z.string() }),
  handler: async ({ body, actor }) => ({ text: body.text, by: actor.by.name }),
});

const openSession = definePublicRoute({
  method: 'post',
  path: '/session',
  summary: 'Signs in',
  permission: 'public',
  response: z.object({ csrfToken: z.string() }),
  handler: async ({ session }) => ({ csrfToken: session.open('administrator') }),
});

describe('the staff API', () => {
  describe('asks who is there', () => {
    it('and sends a stranger to the sign-in', async () => {
      const { http } = open();
      const response = await http.get('/api/v1/accounts/meizhou/notes');
      expect([response.status, response.body]).toEqual([
        401,
        { error: { code: 'sign_in_required', message: '请先登录', details: {} } },
      ]);
    });

    it('and answers whoever holds the permission in the account', async () => {
      const response = await asRole('auditor').get('/api/v1/accounts/meizhou/notes');
      expect([response.status, response.body]).toEqual([200, { account: 'meizhou', limit: 10 }]);
    });

    it('and refuses whoever does not, and keeps the attempt for the audit', async () => {
      const { http, refused } = open();
      const response = await http
        .get('/api/v1/accounts/meizhou/notes')
        .set('cookie', cookie('editor'))
        .set('user-agent', 'a browser');
      expect([response.status, response.body.error.code]).toEqual([403, 'forbidden']);
      expect(refused).toEqual([
        {
          accountId: 'meizhou',
          route: 'GET /api/v1/accounts/:accountId/notes',
          code: 'forbidden',
          actor: {
            by: { staffId: 'editor', name: 'editor' },
            from: { address: '127.0.0.1', agent: 'a browser' },
          },
        },
      ]);
    });

    it.each(['elsewhere', 'nowhere'])('and shows nothing of the account %s', async (accountId) => {
      const { http, refused } = open();
      const response = await http
        .get(`/api/v1/accounts/${accountId}/notes`)
        .set('cookie', cookie('administrator'));
      expect([response.status, response.body.error.code]).toEqual([404, 'not_found']);
      expect(refused).toEqual([]);
    });

    it('and keeps for the audit what a handler refuses, too', async () => {
      const { http, refused } = open([
        defineRoute({
          method: 'get',
          path: '/own',
          summary: 'Refuses',
          permission: 'signed-in',
          handler: () => Promise.reject(forbidden()),
        }),
      ]);
      await http.get('/api/v1/own').set('cookie', cookie('editor'));
      expect(refused).toMatchObject([{ accountId: 'system', route: 'GET /api/v1/own' }]);
    });

    it('and lets nobody go on with a first password', async () => {
      const response = await asRole('auditor', { mustChangePassword: true }).get(
        '/api/v1/accounts/meizhou/notes',
      );
      expect([response.status, response.body.error.code]).toEqual([403, 'password_change_required']);
    });
  });

  describe('takes a mutation only from our own pages', () => {
    const send = (headers: Record<string, string>) =>
      asRole('administrator').post('/api/v1/accounts/meizhou/notes').set(headers).send({ text: '好' });

    it('with the token of the session', async () => {
      const { http } = open();
      const signedIn = await http.post('/api/v1/session');
      const response = await http
        .post('/api/v1/accounts/meizhou/notes')
        .set('cookie', String(signedIn.get('set-cookie')?.[0]))
        .set('x-csrf-token', signedIn.body.csrfToken)
        .set('origin', 'https://console.example')
        .set('sec-fetch-site', 'same-origin')
        .send({ text: '好' });
      expect([response.status, response.body]).toEqual([201, { text: '好', by: 'administrator' }]);
    });

    it.each<[string, Record<string, string>]>([
      ['without the token', {}],
      ['with a wrong token', { 'x-csrf-token': 'guess' }],
    ])('not %s', async (_name, headers) => {
      const response = await send(headers);
      expect([response.status, response.body.error.code]).toEqual([403, 'forged_request']);
    });

    it.each<[string, Record<string, string>]>([
      ['from another site', { 'sec-fetch-site': 'cross-site' }],
      ['from a neighbour of the site', { 'sec-fetch-site': 'same-site' }],
      ['from another origin', { origin: 'https://evil.example' }],
      ['from a page without an origin', { origin: 'null' }],
    ])('not %s, signed in or not', async (_name, headers) => {
      const { http } = open();
      const response = await http.post('/api/v1/session').set(headers);
      expect([response.status, response.body.error.code]).toEqual([403, 'forged_request']);
    });

    it('and keeps the session where no script and no other site can use it', async () => {
      const { http } = open();
      expect((await http.post('/api/v1/session')).get('set-cookie')).toEqual([
        '__Host-suishen-session=administrator; path=/; samesite=strict; secure; httponly',
      ]);
    });
  });

  describe('validates', () => {
    it('and names every fault with its place', async () => {
      const response = await mutate({ text: '', tags: ['好的', '太长太长'], colour: 'red' });
      expect([response.status, response.body.error.code]).toEqual([400, 'invalid_request']);
      expect(response.body.error.details.fields).toEqual([
        { path: 'body.text', code: 'too_small', message: '请填写这一项' },
        { path: 'body.tags.1', code: 'too_big', message: '不能超过 3 个字' },
        { path: 'body.colour', code: 'unrecognized_keys', message: '不认识“colour”' },
      ]);
    });

    it('the query, too', async () => {
      const response = await asRole('auditor').get('/api/v1/accounts/meizhou/notes?limit=99&from=here');
      expect(response.body.error.details.fields).toMatchObject([
        { path: 'query.limit', message: '不能大于 50' },
        { path: 'query.from' },
      ]);
    });

    it.each<[string, string, string, number, string]>([
      ['a form', 'application/x-www-form-urlencoded', 'text=1', 415, 'json_required'],
      ['half of a JSON text', 'application/json', '{"text":', 400, 'malformed_json'],
      [
        'a large body',
        'application/json',
        JSON.stringify({ text: 'x'.repeat(2_000) }),
        413,
        'body_too_large',
      ],
    ])('and takes no %s', async (_name, type, body, status, code) => {
      const { http } = open();
      const response = await withToken(http).set('content-type', type).send(body);
      expect([response.status, response.body.error.code]).toEqual([status, code]);
    });

    it('its own answers: nothing undeclared leaves', async () => {
      const response = await asRole('auditor').get('/api/v1/accounts/meizhou/notes');
      expect(response.body).not.toHaveProperty('secret');
    });
  });

  it('slows down an address that asks too often', async () => {
    const { http } = open([listNotes], { limit: 1 });
    await http.get('/api/v1/accounts/meizhou/notes');
    const response = await http.get('/api/v1/accounts/meizhou/notes');
    expect([response.status, response.body.error.code]).toEqual([429, 'too_many_attempts']);
    expect(Number(response.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each<[string, number, string]>([
    ['believes no header about where a request comes from', 0, '127.0.0.1'],
    ['believes what its own proxy saw, and nothing before that', 1, '203.0.113.9'],
  ])('%s', async (_name, proxyHops, address) => {
    const { http, refused } = open(undefined, { proxyHops });
    await http
      .get('/api/v1/accounts/meizhou/notes')
      .set('cookie', cookie('editor'))
      .set('x-forwarded-for', '198.51.100.1, 203.0.113.9');
    expect(refused[0]?.actor.from.address).toBe(address);
  });

  it('sends a file while it is made', async () => {
    const { http } = open([
      definePublicRoute({
        method: 'get',
        path: '/lines',
        summary: 'Lines',
        permission: 'public',
        download: ['text/csv'],
        handler: async () => ({ mediaType: 'text/csv', filename: '名单.csv', chunks: lines() }),
      }),
    ]);
    const response = await http.get('/api/v1/lines');
    expect([response.text, response.type]).toEqual(['a\nb\n', 'text/csv']);
    expect(response.get('content-disposition')).toContain('attachment');
  });

  it('tells browsers to keep nothing and to believe the declared type', async () => {
    const { http } = open();
    const { headers } = await http.get('/api/v1/accounts/meizhou/notes');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('answers an unknown address as it answers everything', async () => {
    const { http } = open();
    const response = await http.get('/api/v1/nothing');
    expect([response.status, response.body.error.code]).toEqual([404, 'not_found']);
  });

  it('says nothing of what went wrong inside', async () => {
    const { http } = open([
      definePublicRoute({
        method: 'get',
        path: '/broken',
        summary: 'Breaks',
        permission: 'public',
        handler: () => Promise.reject(new Error('the password is …')),
      }),
    ]);
    const response = await http.get('/api/v1/broken');
    expect([response.status, response.text.includes('password')]).toEqual([500, false]);
  });

  it('describes itself in OpenAPI 3.1', async () => {
    const { http } = open();
    const { body } = await http.get('/api/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(['/api/v1/accounts/{accountId}/notes', '/api/v1/session']);
    expect(body.paths['/api/v1/accounts/{accountId}/notes'].get).toMatchObject({
      'x-permission': 'staff.view',
      parameters: [
        { name: 'accountId', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 50 } },
      ],
      responses: { 200: { content: { 'application/json': { schema: { required: ['account', 'limit'] } } } } },
    });
  });

  it('takes no two declarations of one route', () => {
    expect(() => open([listNotes, listNotes])).toThrow('declared twice');
  });
});

describe('a refusal', () => {
  it('of another kind is none of the audit’s business', async () => {
    const { http, refused } = open([
      defineRoute({
        method: 'get',
        path: '/conflict',
        summary: 'Conflicts',
        permission: 'signed-in',
        handler: () => Promise.reject(new UserError('conflict', '有冲突', { status: 409 })),
      }),
    ]);
    const response = await http.get('/api/v1/conflict').set('cookie', cookie('editor'));
    expect([response.status, refused]).toEqual([409, []]);
  });
});

interface Opening {
  limit?: number;
  proxyHops?: number;
  mustChangePassword?: boolean;
}

/** The session token says which role its owner has, in the account `meizhou`. */
function open(routes: readonly Route[] = [listNotes, addNote, openSession], options: Opening = {}) {
  const refused: RefusedAttempt[] = [];
  const router = apiRouter({
    routes,
    access: {
      identify: async (token) => visitor(token as StaffRole, options.mustChangePassword),
      recordRefusal: async (attempt) => void refused.push(attempt),
      isAccount: (accountId) => ['meizhou', 'elsewhere'].includes(accountId),
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: options.limit ?? 1_000, windowMs: 60_000 }),
    publicUrl: 'https://console.example',
    logger: silentLogger,
  });
  const app = createHttpApp({
    logger: silentLogger,
    routers: [router],
    proxyHops: options.proxyHops ?? 0,
  });
  return { http: request(app.callback()), refused };
}

function visitor(role: StaffRole, mustChangePassword = false): Visitor {
  return {
    staffId: role,
    name: role,
    roles: [{ accountId: 'meizhou', role }],
    sessionId: 's1',
    mustChangePassword,
  };
}

function cookie(role: StaffRole): string {
  return `__Host-suishen-session=${role}`;
}

function asRole(role: StaffRole, options: Opening = {}) {
  const { http } = open(undefined, options);
  return {
    get: (path: string) => http.get(path).set('cookie', cookie(role)),
    post: (path: string) => http.post(path).set('cookie', cookie(role)),
  };
}

/** HMAC-SHA256 of "csrf" under the session token "administrator". */
const administratorsToken = 'diCxyU_27hJs-gFg6id2G84pBWEtVumL-K4zBaS3xEM';

function withToken(http: ReturnType<typeof open>['http']) {
  return http
    .post('/api/v1/accounts/meizhou/notes')
    .set('cookie', cookie('administrator'))
    .set('x-csrf-token', administratorsToken);
}

function mutate(body: object) {
  return withToken(open().http).send(body);
}

async function* lines() {
  yield 'a\n';
  yield 'b\n';
}
