/** The time, injected so that a test can set it. Stored times are UTC; business days are Asia/Shanghai. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
