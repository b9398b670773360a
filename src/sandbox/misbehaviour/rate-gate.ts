import type { RateLimit } from '../../api-types/sandbox.js';

export interface RateUsage {
  /** Calls that the rate has granted since the first one. */
  allowance: number;
  admitted: number;
  refused: number;
}

/** The allowance is added up in steps of at most so many milliseconds. */
const stepMs = 5;
/** One call, but for what adding up fractions loses. */
const one = 1 - 1e-9;

/** A bucket of calls that is filled at a rate that may vary over time. */
export class RateGate {
  readonly #limit: RateLimit;
  readonly #usage: RateUsage = { allowance: 0, admitted: 0, refused: 0 };
  #startedAt: number | undefined;
  #filledAt = 0;
  #level = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Whether a call at `now` (milliseconds) is within the rate; a refused one takes nothing. */
  admit(now: number): boolean {
    this.#fill(now);
    const isAdmitted = this.#level >= one;
    if (isAdmitted) this.#level = Math.max(0, this.#level - 1);
    this.#usage[isAdmitted ? 'admitted' : 'refused'] += 1;
    return isAdmitted;
  }

  /** Up to the last call. */
  get usage(): RateUsage {
    return { ...this.#usage };
  }

  #fill(now: number): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = now;
      this.#filledAt = now;
      this.#level = this.#depth(now);
    }
    while (this.#filledAt < now) {
      const next = Math.min(now, this.#filledAt + stepMs);
      const added = (this.#rateAt(this.#filledAt) * (next - this.#filledAt)) / 1000;
      this.#usage.allowance += added;
      this.#level = Math.min(this.#depth(next), this.#level + added);
      this.#filledAt = next;
    }
  }

  #depth(now: number): number {
    return Math.max(1, (this.#rateAt(now) * this.#limit.burstMs) / 1000);
  }

  /** Calls per second. */
  #rateAt(now: number): number {
    const { shape } = this.#limit;
    const elapsed = now - (this.#startedAt ?? now);
    switch (shape.kind) {
      case 'constant':
        return shape.perSecond;
      case 'steps':
        return shape.perSecond[Math.floor(elapsed / shape.everyMs) % shape.perSecond.length] ?? 0;
      case 'sine':
        break;
    }
    const { from, to, periodMs } = shape;
    return from + ((to - from) * (1 - Math.cos((2 * Math.PI * elapsed) / periodMs))) / 2;
  }
}
