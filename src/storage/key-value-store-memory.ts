import type { Clock } from '../core/clock.js';
import type { KeyValueStore } from '../core/key-value-store.js';
import { wholeTtl } from './key-value-ttl.js';

interface Entry {
  value: string;
  /** Milliseconds since the epoch, UTC; from this moment on the key is absent. */
  expiresAt: number;
}

/** How many entries each write looks at for expired ones: garbage stays bounded and no write is long. */
const sweptPerWrite = 8;

/** The store of a single process: no server, no timers, gone with the process. */
export class KeyValueStoreMemory implements KeyValueStore {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #sweep = this.#entries.entries();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Entries in memory, expired ones that no write has swept yet included. */
  get size(): number {
    return this.#entries.size;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#read(key);
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    this.#write(key, value, ttlMs);
  }

  async setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean> {
    if (this.#read(key) !== undefined) return false;
    this.#write(key, value, ttlMs);
    return true;
  }

  async deleteIfEquals(key: string, value: string): Promise<boolean> {
    return this.#read(key) === value && this.#entries.delete(key);
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async close(): Promise<void> {
    this.#entries.clear();
  }

  #read(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.#clock.now() ? entry.value : undefined;
  }

  #write(key: string, value: string, ttlMs: number): void {
    const now = this.#clock.now();
    this.#entries.set(key, { value, expiresAt: now + wholeTtl(ttlMs) });
    this.#sweepExpired(now);
  }

  /** Continues where the last write stopped; a Map's iterator bears changes of the map. */
  #sweepExpired(now: number): void {
    for (let seen = 0; seen < sweptPerWrite; seen += 1) {
      const next = this.#sweep.next();
      if (next.done) {
        this.#sweep = this.#entries.entries();
        return;
      }
      const [key, entry] = next.value;
      if (entry.expiresAt <= now) this.#entries.delete(key);
    }
  }
}
