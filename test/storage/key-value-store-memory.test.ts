import { describe, expect, it } from '@jest/globals';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';

describe('KeyValueStoreMemory', () => {
  it('ends a life by the clock alone, to the millisecond', async () => {
    const clock = { time: 1_000, now: () => clock.time };
    const store = new KeyValueStoreMemory(clock);
    await store.set('key', 'value', 500);
    clock.time = 1_499;
    expect(await store.get('key')).toBe('value');
    clock.time = 1_500;
    expect(await store.get('key')).toBeUndefined();
  });

  it('does not grow with keys that nobody reads again', async () => {
    const clock = { time: 0, now: () => clock.time };
    const store = new KeyValueStoreMemory(clock);
    for (let index = 0; index < 10_000; index += 1) {
      clock.time = index;
      await store.set(`key-${index}`, 'value', 100);
    }
    expect(store.size).toBeLessThan(250);
  });

  it('never sweeps a key that still lives', async () => {
    const clock = { time: 0, now: () => clock.time };
    const store = new KeyValueStoreMemory(clock);
    await store.set('long', 'value', 1_000_000);
    for (let index = 0; index < 1_000; index += 1) {
      clock.time = index;
      await store.set(`key-${index}`, 'value', 1);
    }
    expect(await store.get('long')).toBe('value');
  });
});
