import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/core/clock.js';
import type { KeyValueStore } from '../../src/core/key-value-store.js';
import { silentLogger } from '../../src/observability/logger.js';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';
import { KeyValueStoreRedis } from '../../src/storage/key-value-store-redis.js';
import { connectRedis } from '../../src/storage/redis-connection.js';

const redisUrl = process.env.TEST_REDIS_URL ?? '';

describeContract('in memory', async () => new KeyValueStoreMemory(systemClock));
describeContract('on Redis', async () => new KeyValueStoreRedis(await connectRedis(redisUrl, silentLogger)));

function describeContract(adapter: string, open: () => Promise<KeyValueStore>): void {
  describe(`the key-value store ${adapter}`, () => {
    let store: KeyValueStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('knows nothing of a key that was never set', async () => {
      expect(await store.get(newKey())).toBeUndefined();
    });

    it('gives back what was set, whatever characters it holds', async () => {
      const key = newKey();
      await store.set(key, '令牌 "\r\n\u0000 𠮷', 60_000);
      expect(await store.get(key)).toBe('令牌 "\r\n\u0000 𠮷');
    });

    it('keeps an empty value apart from an absent one', async () => {
      const key = newKey();
      await store.set(key, '', 60_000);
      expect(await store.get(key)).toBe('');
      expect(await store.setIfAbsent(key, 'b', 60_000)).toBe(false);
    });

    it('overwrites with set and starts a new life', async () => {
      const key = newKey();
      await store.set(key, 'a', 30);
      await store.set(key, 'b', 60_000);
      await sleep(60);
      expect(await store.get(key)).toBe('b');
    });

    it('forgets a key when its life is over', async () => {
      const key = newKey();
      await store.set(key, 'a', 30);
      await sleep(60);
      expect(await store.get(key)).toBeUndefined();
    });

    it('lets exactly one of many callers take an absent key', async () => {
      const key = newKey();
      const owners = Array.from({ length: 40 }, (_, index) => `owner-${index}`);
      const taken = await Promise.all(owners.map((owner) => store.setIfAbsent(key, owner, 60_000)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await store.get(key)).toBe(owners[taken.indexOf(true)]);
    });

    it('lets a key be taken again once the life that its holder asked for is over', async () => {
      const key = newKey();
      await store.setIfAbsent(key, 'dead', 30);
      await sleep(60);
      expect(await store.setIfAbsent(key, 'next', 60_000)).toBe(true);
    });

    it('does not prolong a life by a vain setIfAbsent', async () => {
      const key = newKey();
      await store.setIfAbsent(key, 'holder', 30);
      await store.setIfAbsent(key, 'other', 60_000);
      await sleep(60);
      expect(await store.get(key)).toBeUndefined();
    });

    it('releases a lock only for the one that holds it', async () => {
      const key = newKey();
      await store.setIfAbsent(key, 'holder', 60_000);
      expect(await store.deleteIfEquals(key, 'other')).toBe(false);
      expect(await store.get(key)).toBe('holder');
      expect(await store.deleteIfEquals(key, 'holder')).toBe(true);
      expect(await store.deleteIfEquals(key, 'holder')).toBe(false);
    });

    it('does not release a lock whose lease is over', async () => {
      const key = newKey();
      await store.setIfAbsent(key, 'holder', 30);
      await sleep(60);
      expect(await store.deleteIfEquals(key, 'holder')).toBe(false);
    });

    it('deletes a key, and bears to delete an absent one', async () => {
      const key = newKey();
      await store.set(key, 'a', 60_000);
      await store.delete(key);
      await store.delete(key);
      expect(await store.get(key)).toBeUndefined();
    });

    it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a life of %p ms', async (ttlMs) => {
      const key = newKey();
      await expect(store.set(key, 'a', ttlMs)).rejects.toThrow(RangeError);
      await expect(store.setIfAbsent(key, 'a', ttlMs)).rejects.toThrow(RangeError);
      expect(await store.get(key)).toBeUndefined();
    });

    it('takes a part of a millisecond as a whole one', async () => {
      await expect(store.set(newKey(), 'a', 0.2)).resolves.toBeUndefined();
    });
  });
}

/** Keys of their own for each test: the Redis may be shared with other runs. */
function newKey(): string {
  return `test:${randomUUID()}`;
}
