import { describe, expect, it } from '@jest/globals';
import { AdaptiveRate } from '../../../src/wechat/client/adaptive-rate.js';
import { SimulatedTime, simulateCalls } from './rate-simulation.js';

const calm = new AbortController().signal;
const swing =
  (periodMs: number) =>
  (now: number): number =>
    300 + 100 * Math.sin((2 * Math.PI * now) / periodMs);
const mixed = [300, 200, 350, 250, 400, 300, 200, 300, 400, 200];

/** Calls a second at a time in milliseconds. */
const limits: Record<string, (now: number) => number> = {
  'stands still': () => 300,
  'jumps between 200 and 400 every ten seconds': (now) => (Math.floor(now / 10_000) % 2 ? 400 : 200),
  'jumps up and down within 200 to 400 every five seconds': (now) => mixed[Math.floor(now / 5_000) % 10]!,
  'swings between 200 and 400 every ten seconds': swing(10_000),
  'swings between 200 and 400 every thirty seconds': swing(30_000),
  'swings and jumps at once': (now) => swing(9_000)(now) / 2 + (Math.floor(now / 6_000) % 2 ? 200 : 100),
};

describe('under a limit around 300 calls a second, with 50 ms until an answer', () => {
  it.each(Object.entries(limits))(
    'that %s, 95 %% of it is used and 1 %% of the calls are refused at most',
    async (_what, limitAt) => {
      const { used, refused } = await simulateCalls({ limitAt, seconds: 92 });
      expect(used).toBeGreaterThanOrEqual(0.95);
      expect(refused).toBeLessThanOrEqual(0.01);
    },
  );

  it.each([
    ['stands still', () => 300],
    ['swings between 200 and 400 every thirty seconds', swing(30_000)],
  ])('that %s, the same holds for two processes that share it', async (_what, limitAt) => {
    const { used, refused } = await simulateCalls({ limitAt, clients: 2, callers: 32, seconds: 122 });
    expect(used).toBeGreaterThanOrEqual(0.95);
    expect(refused).toBeLessThanOrEqual(0.01);
  });
});

describe('a platform without a limit', () => {
  it('is used carefully at first, and after a second as fast as it goes', async () => {
    const atFirst = await simulateCalls({ limitAt: () => 1_000_000, callers: 256, seconds: 0.1 });
    expect(atFirst.calls).toBeLessThan(64);
    const { succeeded } = await simulateCalls({
      limitAt: () => 1_000_000,
      callers: 256,
      seconds: 3,
      countFromMs: 1_000,
    });
    expect(succeeded).toBeGreaterThan(0.95 * 2 * (1_000 / 50) * 256);
  });

  it('is met with few calls too many, however many wait', async () => {
    const { refused, calls } = await simulateCalls({ limitAt: () => 300, callers: 512, seconds: 1 });
    expect(refused * calls).toBeLessThan(40);
  });

  it('is soon used in full again after it was busy for a moment', async () => {
    const { succeeded } = await simulateCalls({
      limitAt: (now) => (now > 1_000 && now < 1_200 ? 300 : 1_000_000),
      seconds: 22,
      countFromMs: 12_000,
    });
    const tenSecondsOf64Callers = (10_000 / 50) * 64;
    expect(succeeded).toBeGreaterThan(0.9 * tenSecondsOf64Callers);
  });
});

describe('a platform that lets nothing through for a while', () => {
  const limitAt = (now: number) => (now > 20_000 && now < 60_000 ? 0 : 300);

  it('is tried less and less often', async () => {
    const { calls } = await simulateCalls({ limitAt, seconds: 60, countFromMs: 25_000 });
    expect(calls).toBeGreaterThan(1);
    expect(calls).toBeLessThan(8);
  });

  it('is used as before once it is back', async () => {
    const { used } = await simulateCalls({ limitAt, seconds: 90, countFromMs: 72_000 });
    expect(used).toBeGreaterThan(0.95);
  });
});

describe('calls that wait', () => {
  it('are admitted in the order in which they asked', async () => {
    const { rate, time } = await throttled();
    const admitted: number[] = [];
    for (const call of [1, 2, 3]) void rate.admit(calm).then(() => admitted.push(call));
    await time.pass();
    expect(admitted).toEqual([]);
    await time.passMany(200);
    expect(admitted).toEqual([1, 2, 3]);
  });

  it('leave when they are called off, and nobody else does', async () => {
    const { rate, time } = await throttled();
    const stop = new AbortController();
    const [leaving, staying] = [rate.admit(stop.signal), rate.admit(calm)];
    stop.abort(new Error('paused by staff'));
    const left = expect(leaving).rejects.toThrow('paused by staff');
    await time.passMany(200);
    await left;
    await expect(staying).resolves.toBeUndefined();
  });

  it('are not even begun for somebody who has called off already', async () => {
    const { rate } = await throttled();
    await expect(rate.admit(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});

describe('a refusal', () => {
  it('counts as one with those of the other calls under way, by the share that was refused', async () => {
    expect(await rateAfter([])).toBeGreaterThan(90);
    expect(await rateAfter(['succeeded', 'succeeded', 'succeeded', 'succeeded'])).toBeGreaterThan(90);
    const half = await rateAfter(['refused', 'succeeded', 'refused', 'succeeded']);
    expect(half).toBeGreaterThan(45);
    expect(half).toBeLessThan(55);
  });

  it('is not forgotten while nobody calls', async () => {
    const { rate, time } = await throttled();
    await time.passMany(100);
    await rate.admit(calm);
    const before = rate.perSecond;
    await time.passMany(60_000);
    await rate.admit(calm);
    expect(rate.perSecond).toBeCloseTo(before);
  });
});

/** The rate once those calls have ended, too, that were under way when one of about 100 a second was refused. */
async function rateAfter(outcomes: ('succeeded' | 'refused')[]): Promise<number> {
  const { rate, time } = await throttled();
  for (const outcome of outcomes) rate[outcome](time.now() - 10);
  await time.passMany(100);
  return rate.perSecond;
}

/** A rate that has learned of about 100 calls a second, of which one is refused at this moment. */
async function throttled(): Promise<{ rate: AdaptiveRate; time: SimulatedTime }> {
  const time = new SimulatedTime();
  const rate = new AdaptiveRate(time, (ms) => time.sleep(ms));
  for (let refusal = 0; refusal < 2; refusal += 1) {
    for (let call = 0; call < 100; call += 1) {
      await time.passMany(10);
      rate.succeeded(time.now() - 50);
    }
    rate.refused(time.now() - 50);
  }
  return { rate, time };
}
