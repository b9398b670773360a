import type { RateLimit, RateLimiter } from '../../core/rate-limiter.js';
import { tooManyAttempts } from '../../core/refusals.js';
import { foldUsername } from './staff-member.js';

/** Ten guesses at one person's password in a quarter of an hour, from wherever. */
export const usernameLimit: RateLimit = { name: 'sign-in-name', limit: 10, windowMs: 15 * 60_000 };
/** A whole office may come from one address. */
export const addressLimit: RateLimit = { name: 'sign-in-address', limit: 100, windowMs: 15 * 60_000 };

/** Keeps passwords and codes from being guessed. What succeeds is not counted. */
export class SignInThrottle {
  readonly #byUsername: RateLimiter;
  readonly #byAddress: RateLimiter;

  constructor(limiters: { byUsername: RateLimiter; byAddress: RateLimiter }) {
    this.#byUsername = limiters.byUsername;
    this.#byAddress = limiters.byAddress;
  }

  /**
   * Counts an attempt before it is made, so that many at once are no more than many in a row.
   * @throws UserError `too_many_attempts`
   */
  async admit(username: string, address: string): Promise<void> {
    const waits = await Promise.all([
      this.#byUsername.take(foldUsername(username)),
      this.#byAddress.take(address),
    ]);
    const waitMs = Math.max(...waits);
    if (waitMs > 0) throw tooManyAttempts(waitMs);
  }

  async succeeded(username: string, address: string): Promise<void> {
    await Promise.all([this.#byUsername.reset(foldUsername(username)), this.#byAddress.giveBack(address)]);
  }
}
