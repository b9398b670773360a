import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { StaffRole } from '../../../src/core/permissions.js';
import { journalBeginning } from '../../../src/features/conversations/unanswered-reader.js';
import { AnswerStatisticsReader } from '../../../src/features/insights/answer-statistics.js';
import { insightsRoutes } from '../../../src/features/insights/insights-routes.js';
import { Ratings } from '../../../src/features/insights/ratings.js';
import { unansweredRoutes } from '../../../src/features/insights/unanswered-routes.js';
import { UnansweredService } from '../../../src/features/insights/unanswered-service.js';
import { apiRouter } from '../../../src/http/api/api-router.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../../src/storage/rate-limiter-memory.js';
import { buildMessage } from '../../support/builders.js';
import { buildContent } from '../../support/content-builder.js';
import { openContentServices } from '../../support/content-services.js';
import { DailyCountStoreFake } from '../../support/fakes/daily-count-store-fake.js';
import { RatingStoreFake } from '../../support/fakes/rating-store-fake.js';
import { UnansweredStoreFake } from '../../support/fakes/unanswered-store-fake.js';

let groups: UnansweredStoreFake;
let ratings: Ratings;
let http: ReturnType<typeof request>;

beforeEach(async () => {
  groups = new UnansweredStoreFake();
  const content = openContentServices();
  await content.contentService.seed('demo', buildContent());
  const clock = { now: () => content.time.now };
  const { transactions } = content.stores;
  const parts = { groups, questions: content.draftQuestions, transactions, audit: content.audit, clock };
  const asked = { findAsked: async () => ({ text: '护照13800138000', expiresAt: new Date('2099-01-01') }) };
  ratings = new Ratings({ store: new RatingStoreFake(), asked });
  const statistics = new AnswerStatisticsReader({ store: new DailyCountStoreFake(), clock });
  const nameTarget = (_account: string, target: object) => ('reply' in target ? '护照' : null);
  const router = apiRouter({
    routes: [
      ...unansweredRoutes(new UnansweredService(parts), nameTarget),
      ...insightsRoutes({ ratings, statistics }, nameTarget),
    ],
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
      isAccount: (accountId) => accountId === 'demo' || accountId === 'other',
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 1_000, windowMs: 60_000 }),
    publicUrl: 'https://console.example',
    logger: silentLogger,
  });
  http = request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());
});

async function send(method: 'get' | 'post', path: string, body: object = {}, role: StaffRole = 'editor') {
  const csrf = createHmac('sha256', role).update('csrf').digest('base64url');
  const sent = http[method](`/api/v1/accounts/${path}`)
    .set('cookie', `__Host-suishen-session=${role}`)
    .set('x-csrf-token', csrf);
  const answer = await (method === 'get' ? sent : sent.send(body));
  return { status: answer.status, body: answer.body };
}

async function ask(...ids: string[]): Promise<void> {
  const at = new Date('2026-11-22T01:00:00Z');
  const from = await groups.findPosition('fallback', journalBeginning);
  const tallies = ids.map((id, index) => ({
    accountId: 'demo',
    groupId: id,
    form: id,
    text: `问题${id}`,
    messages: ids.length - index,
    askers: ['a'],
    firstSeenAt: at,
    lastSeenAt: at,
    nearest: [{ reply: 'passport' }, { node: 'gone' }],
    expiresAt: at,
    terms: [],
  }));
  await groups.record({ stream: 'fallback', from, to: { ...from, at: from.at + 1 } }, tallies);
}

describe('the routes of unanswered questions', () => {
  it('page the groups, name what is nearest, and leave out what is not live', async () => {
    await ask('a', 'b', 'c');
    const first = await send('get', 'demo/unanswered?limit=2');
    expect(first.body).toMatchObject({ groups: [{ id: 'a' }, { id: 'b' }], open: 3, next: 'b' });
    expect(first.body.groups[0].nearest).toEqual([{ target: { reply: 'passport' }, title: '护照' }]);
    const second = await send('get', 'demo/unanswered?limit=2&after=b');
    expect(second.body).toMatchObject({ groups: [{ id: 'c' }], next: null });
  });

  it('attach once for each version, and tell the second clerk who was first', async () => {
    await ask('a');
    const body = { baseVersion: 0, to: { reply: 'passport' } };
    expect(await send('post', 'demo/unanswered/a/attach', body)).toMatchObject({
      status: 200,
      body: { revision: 2, group: { state: 'attached', version: 1, decision: { by: { name: '小李' } } } },
    });
    expect(await send('post', 'demo/unanswered/a/attach', body)).toMatchObject({
      status: 409,
      body: { error: { code: 'group_changed' } },
    });
    const reopened = await send('post', 'demo/unanswered/a/reopen', { baseVersion: 1 });
    expect(reopened.body).toMatchObject({ state: 'open', version: 2, decision: null });
  });

  it('write a new answer with its place in the menu', async () => {
    await ask('a');
    const answer = { title: '鸽子', text: '由园林所喂。', node: { parent: 'household', title: '鸽子' } };
    expect(await send('post', 'demo/unanswered/a/attach', { baseVersion: 0, answer })).toMatchObject({
      body: { group: { decision: { attached: { to: { node: 'ge-zi' }, added: ['问题a'] } } } },
    });
  });

  it.each([
    ['nowhere', { baseVersion: 0 }, 'body.to'],
    ['both ways', { baseVersion: 0, to: { reply: 'a' }, answer: { title: 'a', text: 'a' } }, 'body.to'],
    ['a blank answer', { baseVersion: 0, answer: { title: 'a', text: ' ' } }, 'body.answer.text'],
    ['no version', { to: { reply: 'a' } }, 'body.baseVersion'],
  ])('refuse a request that leads %s, naming the field', async (_what, body, path) => {
    await ask('a');
    const refused = await send('post', 'demo/unanswered/a/attach', body);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    expect(refused.body.error.details.fields).toMatchObject([{ path }]);
    expect(await groups.find('a')).toMatchObject({ state: 'open' });
  });

  it('know nothing of another account’s groups', async () => {
    await ask('a');
    const body = { baseVersion: 0, reason: '无' };
    expect((await send('get', 'other/unanswered/a')).status).toBe(404);
    expect((await send('post', 'other/unanswered/a/dismiss', body)).status).toBe(404);
    expect((await send('get', 'other/unanswered')).body).toMatchObject({ groups: [], open: 0 });
  });

  it('let only editors decide', async () => {
    await ask('a');
    const body = { baseVersion: 0, reason: '无' };
    expect((await send('post', 'demo/unanswered/a/dismiss', body, 'leader')).status).toBe(403);
    expect((await send('post', 'demo/unanswered/a/dismiss', body)).status).toBe(200);
  });
});

describe('the routes of feedback and statistics', () => {
  it('list what helped least, with what had been asked, numbers hidden', async () => {
    const vote = { reply: 'passport', release: 1, answeredAt: 1, useful: false };
    await ratings.rate(buildMessage({ accountId: 'demo' }), vote);
    expect((await send('get', 'demo/feedback')).body).toEqual({
      ratings: [{ reply: 'passport', title: '护照', release: 1, useful: 0, useless: 1 }],
      next: null,
    });
    expect((await send('get', 'demo/feedback/passport/samples?release=1')).body).toMatchObject({
      samples: [{ text: '护照〔手机号〕', useful: false, release: 1 }],
    });
    expect((await send('get', 'demo/feedback?after=1')).body).toMatchObject({ ratings: [] });
  });

  it('give the counts of thirty days', async () => {
    expect((await send('get', 'demo/insights/nodes')).body).toEqual({
      since: '2026-10-24',
      nodes: {},
      replies: {},
    });
  });
});
