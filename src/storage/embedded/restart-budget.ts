/** How often something may be started again before it is given up. */
export class RestartBudget {
  readonly #times: number;
  readonly #withinMs: number;
  #taken: number[] = [];

  constructor({ times, withinMs }: { times: number; withinMs: number }) {
    this.#times = times;
    this.#withinMs = withinMs;
  }

  /** Takes one restart at `now` (milliseconds, monotonic); false: the budget of the period is spent. */
  take(now: number): boolean {
    this.#taken = this.#taken.filter((at) => now - at < this.#withinMs);
    if (this.#taken.length >= this.#times) return false;
    this.#taken.push(now);
    return true;
  }
}
