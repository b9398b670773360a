import { RateLimiterMemory as Counts } from 'rate-limiter-flexible';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.js';
import { RateLimiterFlexible } from './rate-limiter-flexible.js';

/** Counts within this process: what it counts protects this process. */
export function createRateLimiterMemory({ name, limit, windowMs }: RateLimit): RateLimiter {
  return new RateLimiterFlexible(new Counts({ keyPrefix: name, points: limit, duration: windowMs / 1_000 }));
}
