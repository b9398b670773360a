import { describe, expect, it } from '@jest/globals';
import type { DeliveryCount } from '../../../../src/features/notices/delivery-store.js';
import { NoticeProgressReader } from '../../../../src/features/notices/desk/notice-progress.js';
import { buildSendingNotice } from '../../../support/delivery-builders.js';
import { TestClock } from '../../../support/open-back-office.js';

const start = Date.parse('2026-11-22T01:00:00Z');

function open() {
  const clock = new TestClock(start);
  const counts: DeliveryCount[] = [];
  const reader = new NoticeProgressReader({
    deliveries: { count: async () => counts },
    massCalls: { list: async () => [] },
    clock,
  });
  const set = (waiting: number, accepted: number) =>
    counts.splice(0, counts.length, count('waiting', waiting), count('accepted', accepted));
  return { clock, counts, reader, set };
}

function count(state: DeliveryCount['state'], count: number, reason: string | null = null): DeliveryCount {
  return { state, count, reason, channel: 'template' };
}

describe('the progress of a notice', () => {
  it('is summed up by state, by channel and by reason', async () => {
    const { counts, reader } = open();
    counts.push(count('refused', 1, 'a'), count('refused', 3, 'b'), count('accepted', 5));
    counts.push({ state: 'skipped', count: 2, reason: 'a', channel: null });
    const progress = await reader.read(buildSendingNotice());
    expect(progress.total).toBe(11);
    expect(progress.states).toMatchObject({ refused: 4, accepted: 5, skipped: 2, waiting: 0 });
    expect(progress.channels).toEqual([
      { channel: 'template', state: 'accepted', count: 5 },
      { channel: 'template', state: 'refused', count: 4 },
    ]);
    expect(progress.reasons).toEqual([
      { state: 'refused', reason: 'b', count: 3 },
      { state: 'skipped', reason: 'a', count: 2 },
      { state: 'refused', reason: 'a', count: 1 },
    ]);
  });

  it('has a rate and an end once it was asked twice', async () => {
    const { clock, reader, set } = open();
    const notice = buildSendingNotice();
    set(1_000, 0);
    expect(await reader.read(notice)).toMatchObject({ perSecond: null, doneBy: null });
    clock.pass(2_000);
    set(400, 600);
    const doneBy = new Date(start + 2_000 + 1_334);
    const progress = await reader.read(notice);
    expect(progress.perSecond).toBe(300);
    expect(Math.ceil(progress.doneBy!.getTime())).toBe(doneBy.getTime() - 1);
    clock.pass(100);
    expect(await reader.read(notice)).toMatchObject({ perSecond: 300 });
  });

  it('has no rate while it stands still, nor from counts of long ago', async () => {
    const { clock, reader, set } = open();
    const notice = buildSendingNotice();
    set(1_000, 0);
    await reader.read(notice);
    clock.pass(3_600_000);
    set(400, 600);
    expect(await reader.read(notice)).toMatchObject({ perSecond: null });
    clock.pass(2_000);
    expect(await reader.read({ ...notice, state: 'paused' })).toMatchObject({ perSecond: null });
  });
});
