import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../src/api-types/sandbox.js';
import { deliveryLine } from '../../../src/web/phone/delivery-line.js';
import { formatTime } from '../../../src/web/shared/format-time.js';

const answered: Delivery = { state: 'answered', attempts: 1, tookMs: 38, duplicate: 'none', problem: null };

describe('the line below a message', () => {
  it.each<[Partial<Delivery>, string]>([
    [{}, '已回答 38 毫秒'],
    [{ state: 'silent', attempts: 3, tookMs: 10_120 }, '已收到，无被动回复 10,120 毫秒 · 第 3 次投递'],
    [{ duplicate: 'other_answer' }, '已回答 38 毫秒 · 重复投递，回答不同！'],
    [{ state: 'failed', problem: 'HTTP 500\nmore' }, '失败 38 毫秒 · HTTP 500'],
    [{ state: 'waiting', attempts: 0 }, '等待投递'],
  ])('of %j says %s', (change, line) => {
    expect(deliveryLine({ ...answered, ...change })).toBe(line);
  });
});

describe('the time above a message', () => {
  const at = Date.UTC(2026, 2, 2, 2, 5);

  it('is the hour in Beijing today, and has the date otherwise', () => {
    expect(formatTime(at, at)).toBe('10:05');
    expect(formatTime(at, at + 24 * 3_600_000)).toBe('3月2日 10:05');
  });
});
