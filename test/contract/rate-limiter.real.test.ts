import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RateLimit, RateLimiter } from '../../src/core/rate-limiter.js';
import { silentLogger } from '../../src/observability/logger.js';
import { migrate } from '../../src/storage/migrations.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { createRateLimiterMongo, rateLimitMigration } from '../../src/storage/rate-limiter-mongo.js';
import { testDatabaseUri } from '../support/test-database.js';
import { until } from '../support/until.js';

const uri = testDatabaseUri('limits');
let nodes: MongoConnection[];

beforeAll(async () => {
  nodes = await Promise.all([connectMongo(uri, silentLogger), connectMongo(uri, silentLogger)]);
  await migrate(nodes[0]!, [rateLimitMigration]);
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
});

/** The limiters of all nodes that share the counts. */
const adapters: [string, (limit: RateLimit) => RateLimiter[]][] = [
  ['in memory', (limit) => [createRateLimiterMemory(limit)]],
  ['on MongoDB, from two nodes', (limit) => nodes.map((node) => createRateLimiterMongo(node, limit))],
];

describe.each(adapters)('a rate limiter %s', (_name, open) => {
  const minute = (limit: number): RateLimit => ({ name: randomUUID(), limit, windowMs: 60_000 });

  it('lets exactly as many through as the limit says, however many come at once', async () => {
    const limiters = open(minute(5));
    const waits = await Promise.all(
      Array.from({ length: 20 }, (_, index) => limiters[index % limiters.length]!.take('li')),
    );

    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('says how long to wait', async () => {
    const [limiter] = open(minute(1)) as [RateLimiter];
    await limiter.take('li');
    const wait = await limiter.take('li');

    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  it('counts each key for itself', async () => {
    const [limiter] = open(minute(1)) as [RateLimiter];
    await limiter.take('li');

    expect(await limiter.take('wang')).toBe(0);
  });

  it('counts each limit for itself', async () => {
    const [one] = open(minute(1)) as [RateLimiter];
    const [other] = open(minute(1)) as [RateLimiter];
    await one.take('li');

    expect(await other.take('li')).toBe(0);
  });

  it('takes a count back', async () => {
    const [limiter] = open(minute(1)) as [RateLimiter];
    await limiter.take('li');
    await limiter.giveBack('li');

    expect(await limiter.take('li')).toBe(0);
  });

  it('forgets a count', async () => {
    const limiters = open(minute(1));
    await limiters[0]!.take('li');
    await limiters.at(-1)!.reset('li');

    expect(await limiters[0]!.take('li')).toBe(0);
  });

  it('begins anew when the window is over', async () => {
    const [limiter] = open({ name: randomUUID(), limit: 1, windowMs: 1_000 }) as [RateLimiter];
    await limiter.take('li');

    expect(await until('the window is over', async () => (await limiter.take('li')) === 0)).toBe(true);
  });
});
