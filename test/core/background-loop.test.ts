import { describe, expect, it } from '@jest/globals';
import { BackgroundLoop } from '../../src/core/background-loop.js';
import { until } from '../support/until.js';

const never = 3_600_000;

describe('a background loop', () => {
  it('begins at once, and goes on when it is nudged', async () => {
    let rounds = 0;
    const loop = loopOf(async () => (rounds += 1));
    loop.start();
    await until('the first round', () => rounds === 1);
    loop.nudge();
    await until('the second round', () => rounds === 2);
    await loop.stop();
  });

  it('does not forget a nudge that comes during a round', async () => {
    let rounds = 0;
    const loop = loopOf(async () => {
      rounds += 1;
      if (rounds === 1) loop.nudge();
    });
    loop.start();
    await until('the second round', () => rounds === 2);
    await loop.stop();
  });

  it('goes on after a round that failed', async () => {
    const failures: unknown[] = [];
    let rounds = 0;
    const loop = loopOf(
      async () => {
        rounds += 1;
        if (rounds === 1) throw new Error('away');
      },
      { pauseMs: 1, onFailure: (error) => failures.push(error) },
    );
    loop.start();
    await until('the second round', () => rounds > 1);
    await loop.stop();
    expect(failures).toEqual([new Error('away')]);
  });

  it('lets the round under way end before it has stopped, and may be started again', async () => {
    const steps: string[] = [];
    let finish: () => void = () => undefined;
    const loop = loopOf(async (signal) => {
      steps.push('began');
      await new Promise<void>((resolve) => (finish = resolve));
      steps.push(signal.aborted ? 'ended, told to' : 'ended');
    });
    loop.start();
    const stopped = loop.stop().then(() => steps.push('stopped'));
    finish();
    await stopped;
    expect(steps).toEqual(['began', 'ended, told to', 'stopped']);
    expect(loop.isRunning).toBe(false);

    loop.start();
    expect(loop.isRunning).toBe(true);
    finish();
    await loop.stop();
  });

  it('runs one round at a time, however often it is started', async () => {
    let running = 0;
    let most = 0;
    let rounds = 0;
    const loop = loopOf(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        rounds += 1;
      },
      { pauseMs: 1 },
    );
    loop.start();
    loop.start();
    await until('a few rounds', () => rounds > 3);
    await loop.stop();
    expect(most).toBe(1);
  });
});

function loopOf(
  work: (signal: AbortSignal) => Promise<unknown>,
  overrides: Partial<ConstructorParameters<typeof BackgroundLoop>[0]> = {},
): BackgroundLoop {
  return new BackgroundLoop({ work, pauseMs: never, onFailure: () => undefined, ...overrides });
}
