import { randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../src/observability/logger.js';
import { KeyValueStoreRedis } from '../../src/storage/key-value-store-redis.js';
import { connectRedis } from '../../src/storage/redis-connection.js';
import { listen } from '../support/listen.js';
import { createRecordingLogger } from '../support/recording-logger.js';

const redisUrl = process.env.TEST_REDIS_URL ?? '';

describe('the Redis connection', () => {
  it('prefixes every key, so that the Redis may be shared with other programs', async () => {
    const redis = await connectRedis(redisUrl, silentLogger);
    const key = randomUUID();
    await new KeyValueStoreRedis(redis).set(key, 'value', 60_000);
    expect(await redis.sendCommand(['GET', `suishen:${key}`])).toBe('value');
    redis.destroy();
  });

  it('fails at once while Redis is away, works again afterwards, and logs one line for each', async () => {
    const { logger, lines } = createRecordingLogger('info');
    const wire = await openWire();
    const redis = await connectRedis(wire.url, logger);
    const store = new KeyValueStoreRedis(redis);
    const key = randomUUID();
    await store.set(key, 'before', 60_000);

    await wire.cut();
    await until(() => !redis.isReady);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'redis_failed' });

    await wire.mend();
    await until(() => redis.isReady);
    expect(await store.get(key)).toBe('before');
    expect(lines.map((line) => line.msg)).toEqual(['redis lost', 'redis is back']);
    await store.close();
    await wire.cut();
  });

  it('gives up on a Redis that accepts commands and never answers', async () => {
    const wire = await openWire();
    const store = new KeyValueStoreRedis(await connectRedis(wire.url, silentLogger));
    wire.stall();
    await expect(store.get(randomUUID())).rejects.toThrow('no answer within 1000 ms');
    await store.close();
    await wire.cut();
  });

  it('names the address but not the password when no Redis answers at the start', async () => {
    const wire = await openWire();
    await wire.cut();
    const url = wire.url.replace('redis://', 'redis://user:hunter2@');
    const failure: unknown = await connectRedis(url, silentLogger).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'redis_unreachable' });
    expect(String(failure)).toContain(new URL(wire.url).host);
    expect(String(failure)).not.toContain('hunter2');
  });

  it('closes more than once without complaint', async () => {
    const store = new KeyValueStoreRedis(await connectRedis(redisUrl, silentLogger));
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
});

/** A wire to the real Redis that a test can cut, mend and stall. */
async function openWire() {
  const target = new URL(redisUrl);
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port || 6379), target.hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => end.destroy());
    }
    near.pipe(far).pipe(near);
  });
  const port = await listen(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    mend: () => listen(server, port),
    stall: () => ends.forEach((end) => end.unpipe()),
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        ends.forEach((end) => end.destroy());
        ends.clear();
      }),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
