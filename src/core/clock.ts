/** The time, injected so that a test can set it. Stored times are UTC; business days are Asia/Shanghai. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** For durations: goes on evenly even when the system's clock is set anew. */
export const steadyClock: Clock = { now: () => performance.timeOrigin + performance.now() };

/** A pause, injected so that a test need not wait. */
export type Sleep = (ms: number) => Promise<void>;

export const systemSleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
