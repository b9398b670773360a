import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { RateLimiter } from '../core/rate-limiter.js';

/** The port over a limiter of the library rate-limiter-flexible, wherever that keeps its counts. */
export class RateLimiterFlexible implements RateLimiter {
  readonly #counts: RateLimiterAbstract;

  constructor(counts: RateLimiterAbstract) {
    this.#counts = counts;
  }

  async take(key: string): Promise<number> {
    try {
      await this.#counts.consume(key);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
      throw refusal;
    }
  }

  async giveBack(key: string): Promise<void> {
    await this.#counts.reward(key);
  }

  async reset(key: string): Promise<void> {
    await this.#counts.delete(key);
  }
}
