import { describe, expect, it } from '@jest/globals';
import { checkMassCalls } from '../../../../src/features/notices/mass/mass-call-check.js';
import type { MassCall } from '../../../../src/features/notices/mass-call.js';
import { noticeTime } from '../../../support/delivery-builders.js';
import { NoticePlatformFake } from '../../../support/fakes/notice-platform-fake.js';

function open(platform: NoticePlatformFake) {
  const closed: string[] = [];
  const asked: Date[] = [];
  const call = { accountId: 'a', noticeId: 'n', preparation: 1, call: 0, messageId: 'm0' } as MassCall;
  const run = () =>
    checkMassCalls(
      {
        platform,
        clock: { now: () => noticeTime.getTime() },
        calls: {
          listUnreported: async (before) => {
            asked.push(before);
            return [call];
          },
          closeUnreported: async ({ call }, state) => void closed.push(`${call} ${state}`),
          forgetOpenids: async (month) => (month === '2026-04' ? 3 : 0),
        },
      },
      new AbortController().signal,
    );
  return { run, closed, asked };
}

describe('mass messages whose report never came', () => {
  it('are asked about after an hour', async () => {
    const { run, closed, asked } = open(new NoticePlatformFake());
    expect(await run()).toEqual({ asked: 1, closed: 1, forgotten: 3 });
    expect(closed).toEqual(['0 asked:sent']);
    expect(asked).toEqual([new Date(noticeTime.getTime() - 3_600_000)]);
  });

  it('stay open while the platform is still at work', async () => {
    const platform = new NoticePlatformFake();
    platform.massState = 'sending';
    const { run, closed } = open(platform);
    expect(await run()).toEqual({ asked: 1, closed: 0, forgotten: 3 });
    expect(closed).toEqual([]);
  });

  it('are asked about again where the platform did not answer', async () => {
    const platform = new NoticePlatformFake();
    platform.readMassState = () => Promise.reject(new Error('no answer'));
    await expect(open(platform).run()).rejects.toThrow('no answer');
  });
});
