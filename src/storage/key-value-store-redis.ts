import { OperationalError, describeError } from '../core/errors.js';
import type { KeyValueStore } from '../core/key-value-store.js';
import { late, withDeadline } from '../core/with-deadline.js';
import { wholeTtl } from './key-value-ttl.js';
import type { RedisConnection } from './redis-connection.js';

/** A Redis that accepts a command and never answers must not hold up a caller that can do without it. */
const commandDeadlineMs = 1_000;

/** Compare and delete as one step. Redis has a command for it (DELEX) only since 8.4. */
const deleteIfEqualsScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/**
 * The store that several nodes share; Redis 6.2 or later.
 * Every method throws OperationalError `redis_failed` within about a second while Redis is away or does not answer.
 */
export class KeyValueStoreRedis implements KeyValueStore {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
  }

  async get(key: string): Promise<string | undefined> {
    return (await answered(this.#redis.get(key))) ?? undefined;
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    await answered(this.#redis.set(key, value, { expiration: { type: 'PX', value: wholeTtl(ttlMs) } }));
  }

  async setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean> {
    const expiration = { type: 'PX', value: wholeTtl(ttlMs) } as const;
    return (await answered(this.#redis.set(key, value, { condition: 'NX', expiration }))) === 'OK';
  }

  async deleteIfEquals(key: string, value: string): Promise<boolean> {
    const deleted = await answered(
      this.#redis.eval(deleteIfEqualsScript, { keys: [key], arguments: [value] }),
    );
    return deleted === 1;
  }

  async delete(key: string): Promise<void> {
    await answered(this.#redis.del(key));
  }

  /** Ends the connection, for everyone who shares it. */
  async close(): Promise<void> {
    if (!this.#redis.isOpen) return;
    try {
      await answered(this.#redis.close());
    } catch {
      this.#redis.destroy();
    }
  }
}

async function answered<Answer>(command: Promise<Answer>): Promise<Answer> {
  const answer = await withDeadline(command, commandDeadlineMs).catch((error: unknown) => {
    throw new OperationalError('redis_failed', `Redis: ${describeError(error)}`, { cause: error });
  });
  if (answer === late)
    throw new OperationalError('redis_failed', `Redis: no answer within ${commandDeadlineMs} ms`);
  return answer;
}
