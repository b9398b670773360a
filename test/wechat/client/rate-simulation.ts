import { AdaptiveRate } from '../../../src/wechat/client/adaptive-rate.js';

export interface SimulatedPlatform {
  /** Calls a second that the platform allows at a time in milliseconds. */
  limitAt: (now: number) => number;
  /** Half of it passes before the platform decides. */
  latencyMs?: number;
  /** So much of the allowance may be saved up. */
  burstMs?: number;
  /** Processes that share the limit, each with a rate of its own. */
  clients?: number;
  /** Calls that each of them has under way at most. */
  callers?: number;
  seconds?: number;
  /** Nothing is counted before. */
  countFromMs?: number;
}

export interface SimulatedUse {
  /** The part of the allowance that was used. */
  used: number;
  /** The part of the calls that was refused. */
  refused: number;
  /** Calls that went through. */
  succeeded: number;
  calls: number;
}

const never = new AbortController().signal;

/** Calls as often as the rate admits, against a token bucket; time passes in steps of a millisecond. */
export async function simulateCalls({
  limitAt,
  latencyMs = 50,
  burstMs = 100,
  clients = 1,
  callers = 64,
  seconds = 60,
  countFromMs = 0,
}: SimulatedPlatform): Promise<SimulatedUse> {
  const time = new SimulatedTime();
  let tokens = (limitAt(0) * burstMs) / 1_000;
  let allowance = 0;
  const counts = { succeeded: 0, refused: 0 };

  const call = async (rate: AdaptiveRate) => {
    await rate.admit(never);
    const startedAt = time.now();
    await time.sleep(latencyMs / 2);
    const outcome = tokens >= 1 ? 'succeeded' : 'refused';
    if (outcome === 'succeeded') tokens -= 1;
    if (startedAt >= countFromMs) counts[outcome] += 1;
    await time.sleep(latencyMs / 2);
    rate[outcome](startedAt);
  };
  let isOver = false;
  const keepCalling = async (rate: AdaptiveRate) => {
    while (!isOver) await call(rate);
  };
  for (let client = 0; client < clients; client += 1) {
    const rate = new AdaptiveRate(time, (ms) => time.sleep(ms));
    for (let caller = 0; caller < callers; caller += 1) void keepCalling(rate);
  }

  while (time.now() < seconds * 1_000) {
    const earned = limitAt(time.now()) / 1_000;
    tokens = Math.min(tokens + earned, Math.max(1, earned * burstMs));
    if (time.now() >= countFromMs) allowance += earned;
    await time.pass();
  }
  isOver = true;
  const { succeeded, refused } = counts;
  const calls = succeeded + refused;
  return { used: succeeded / allowance, refused: refused / calls, succeeded, calls };
}

export class SimulatedTime {
  #now = 0;
  readonly #sleepers = new Map<number, (() => void)[]>();

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    const until = this.#now + Math.max(1, Math.ceil(ms));
    return new Promise((resolve) => {
      const others = this.#sleepers.get(until);
      if (others) others.push(resolve);
      else this.#sleepers.set(until, [resolve]);
    });
  }

  async pass(): Promise<void> {
    this.#now += 1;
    for (const wake of this.#sleepers.get(this.#now) ?? []) wake();
    this.#sleepers.delete(this.#now);
    // Comes when every promise that was woken has gone on, and ten times sooner than the next turn of the event loop.
    await new Promise((resolve) => process.nextTick(resolve));
  }

  async passMany(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1) await this.pass();
  }
}
