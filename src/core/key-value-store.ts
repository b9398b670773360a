/**
 * A small store that several nodes share: platform tokens and their locks, later rate limits and caches.
 * Nothing that must survive lives here; the journal in MongoDB is the truth.
 * Adapters: memory (one process) and Redis (any number). One contract test holds both.
 */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  /** Sets `key`, which vanishes after `ttlMs` milliseconds. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets `key` only where it is absent; the caller that gets `true` holds it. Atomic across nodes. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>;
  /** Deletes `key` only while it still holds `value`: the release of a lock that one holds. Atomic across nodes. */
  deleteIfEquals(key: string, value: string): Promise<boolean>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
