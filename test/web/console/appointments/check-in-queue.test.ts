import { describe, expect, it, jest } from '@jest/globals';
import { ApiError } from '../../../../src/web/shared/api-error.js';
import { createCheckInQueue } from '../../../../src/web/console/appointments/counter/check-in-queue.js';

/** A server that answers when it is told, in whatever order. */
function openServer() {
  const asked: { code: string; resolve: (name: string) => void; reject: (error: unknown) => void }[] = [];
  const settled = jest.fn();
  const queue = createCheckInQueue({
    checkIn: (code) => new Promise<string>((resolve, reject) => asked.push({ code, resolve, reject })),
    describe: (name) => ({ title: `已签到 ${name}`, detail: '身份证' }),
    onSettled: () => settled(),
  });
  return { asked, queue, settled };
}

/** Lets all that is due come about. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue of the check-in box', () => {
  it('loses no code of forty that are scanned before the first is answered, and keeps their order', async () => {
    const { asked, queue, settled } = openServer();
    const codes = Array.from({ length: 40 }, (_, position) => String(10_000_000 + position));
    for (const code of codes) queue.submit(code);
    expect(queue.waiting.value).toBe(40);
    for (const code of codes) {
      await turn();
      expect(asked.at(-1)?.code).toBe(code);
      asked.at(-1)?.resolve(code);
    }
    await turn();
    expect(asked.map(({ code }) => code)).toEqual(codes);
    expect(queue.outcomes.value[0]).toMatchObject({ isDone: true, title: '已签到 10000039', number: 40 });
    expect(queue.waiting.value).toBe(0);
    expect(settled).toHaveBeenCalledTimes(1);
  });

  it('says why nobody was checked in, and goes on with the next code', async () => {
    const { asked, queue } = openServer();
    queue.submit('12345678');
    queue.submit('87654321');
    await turn();
    asked[0]?.reject(new ApiError(404, 'no_such_code', '没有这个预约码'));
    await turn();
    expect(queue.outcomes.value).toEqual([
      { number: 1, isDone: false, title: '没有这个预约码', detail: '输入的是 12345678' },
    ]);
    asked[1]?.resolve('张**');
    await turn();
    expect(queue.outcomes.value.map(({ isDone }) => isDone)).toEqual([true, false]);
  });

  it('takes a code as it is shown, in groups, and nothing at all for nothing', async () => {
    const { asked, queue } = openServer();
    queue.submit('  ');
    queue.submit(' 1234 5678 ');
    await turn();
    expect(asked.map(({ code }) => code)).toEqual(['12345678']);
  });
});
