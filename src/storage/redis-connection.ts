import { createClient } from 'redis';
import { OperationalError, describeError } from '../core/errors.js';
import type { Logger } from '../observability/logger.js';

/** A client of the shared Redis. Every key that it sends begins with `suishen:`. */
export type RedisConnection = Awaited<ReturnType<typeof connectRedis>>;

const connectTimeoutMs = 5_000;
const longestPauseMs = 5_000;
/** At the start a Redis that does not answer is a mistake of the settings more often than an outage. */
const triesAtStart = 5;

/**
 * Connects to the Redis at `url` (`redis[s]://[user:password@]host[:port][/db]`) and stays connected: after a
 * break it tries again for ever, with growing pauses, and meanwhile every command fails at once, so that its
 * caller can do without.
 * @throws OperationalError `redis_unreachable` if the first connection does not come about within a few tries
 */
export async function connectRedis(url: string, logger: Logger) {
  let wasReady = false;
  const client = createClient({
    url,
    keyPrefix: 'suishen:',
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (retries) => (wasReady || retries < triesAtStart ? pauseBefore(retries) : false),
    },
  });
  let isDown = false;
  client.on('error', (error: unknown) => {
    // The client reports every failed try; an outage is one line.
    if (wasReady && !isDown) logger.warn({ reason: describeError(error) }, 'redis lost');
    isDown = true;
  });
  client.on('ready', () => {
    if (wasReady) logger.info('redis is back');
    wasReady = true;
    isDown = false;
  });
  try {
    await client.connect();
  } catch (error) {
    // The address is named without the password that the URL may hold.
    throw new OperationalError(
      'redis_unreachable',
      `no Redis at ${new URL(url).host}: ${describeError(error)}`,
      {
        cause: error,
      },
    );
  }
  return client;
}

/** 50, 100, 200 … 5,000 ms, each shortened by up to a half, so that nodes do not return in step. */
function pauseBefore(retries: number): number {
  const pause = Math.min(50 * 2 ** retries, longestPauseMs);
  return pause * (1 - Math.random() / 2);
}
