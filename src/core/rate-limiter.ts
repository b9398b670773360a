/** Counts how often something was done of late, and says when it has been often enough. */
export interface RateLimiter {
  /**
   * Counts one more. Any number of callers at once are counted each.
   * @returns 0 while within the limit; else after how many milliseconds the count begins anew.
   */
  take(key: string): Promise<number>;
  /** Takes one count back: what was counted turned out to be in order. */
  giveBack(key: string): Promise<void>;
  /** Forgets the key's count. */
  reset(key: string): Promise<void>;
}

/** `limit` times within `windowMs` milliseconds, which begin with the first. */
export interface RateLimit {
  /** Part of the stored key: two limits never share a count. */
  name: string;
  limit: number;
  windowMs: number;
}
