import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../../src/features/notices/delivery.js';
import { isBeyondRepeat, judgeOutcome } from '../../../../src/features/notices/engine/judge-outcome.js';
import type {
  PersonalChannel,
  PersonalOutcome,
} from '../../../../src/features/notices/notice-platform-port.js';
import { buildDelivery, noticeTime } from '../../../support/delivery-builders.js';

const now = new Date(noticeTime.getTime() + 100);
const inMs = (ms: number) => new Date(now.getTime() + ms);
const row = buildDelivery({ open: ['subscription', 'template'], channel: 'subscription' });
const last = buildDelivery({ open: ['template'] });
const inDoubt = buildDelivery({ maybeSentAt: noticeTime, attempts: 1 });

const judge = (of: Delivery, channel: PersonalChannel, outcome: PersonalOutcome) =>
  judgeOutcome(of, channel, outcome, noticeTime, now);

describe('after an attempt, a row', () => {
  it('is accepted with the id by which the platform reports', () => {
    expect(judge(row, 'subscription', { kind: 'accepted', messageId: '7' })).toEqual({
      change: { state: 'accepted', channel: 'subscription', messageId: '7' },
      consent: 'used',
    });
    expect(judge(row, 'customer_service', { kind: 'accepted', messageId: null }).change).not.toHaveProperty(
      'messageId',
    );
  });

  it('goes on to its next channel, with the reason kept', () => {
    const { change, consent } = judge(row, 'subscription', { kind: 'fall_back', reason: 'window:45015' });
    expect(change).toEqual({
      state: 'waiting',
      channel: 'template',
      open: ['template'],
      dueAt: now,
      passed: [{ channel: 'subscription', reason: 'window:45015' }],
    });
    expect(consent).toBe('given_back');
  });

  it('voids the consents that the platform does not know of', () => {
    const outcome = { kind: 'fall_back', reason: 'receiver_permanent:43101' } as const;
    expect(judge(row, 'subscription', outcome).consent).toBe('void');
  });

  it('is refused once no channel is left', () => {
    const outcome = { kind: 'refused', reason: 'content:47003:thing1' } as const;
    expect(judge(last, 'template', outcome).change).toMatchObject({
      state: 'refused',
      reason: outcome.reason,
    });
    expect(judge(row, 'subscription', outcome).change).toMatchObject({
      state: 'waiting',
      channel: 'template',
    });
  });

  it('is refused for good where the citizen cannot be reached', () => {
    const outcome = { kind: 'unreachable', reason: 'receiver_permanent:43019' } as const;
    expect(judge(row, 'subscription', outcome).change).toMatchObject({ state: 'refused' });
  });

  it('waits longer after each attempt that the platform could not take, then counts its channel as closed', () => {
    const outcome = { kind: 'later', reason: 'transient:45011', retryAfterMs: 1_000 } as const;
    expect(judge(last, 'template', outcome).change).toEqual({
      state: 'waiting',
      channel: 'template',
      reason: outcome.reason,
      dueAt: inMs(1_000),
    });
    const third = buildDelivery({ attempts: 2 });
    expect(judge(third, 'template', outcome).change).toMatchObject({ dueAt: inMs(4_000) });
    const many = buildDelivery({ attempts: 39 });
    expect(judge(many, 'template', outcome).change).toMatchObject({ state: 'refused' });
  });

  it('waits as it was while the whole notice is held', () => {
    const outcome = { kind: 'halt', cause: 'quota', reason: 'quota:45009', until: inMs(9) } as const;
    const { change, hold, consent } = judge(row, 'subscription', outcome);
    expect(change).toEqual({
      state: 'waiting',
      channel: 'subscription',
      reason: outcome.reason,
      dueAt: now,
    });
    expect(hold).toEqual({ cause: 'quota', reason: outcome.reason, until: inMs(9) });
    expect(consent).toBe('given_back');
  });

  it('is unknown where the platform recognises no repeat, and keeps its consent', () => {
    const outcome = { kind: 'unknown', reason: 'platform_timeout' } as const;
    expect(judge(row, 'subscription', outcome)).toEqual({
      change: { state: 'unknown', channel: 'subscription', reason: outcome.reason },
      consent: null,
    });
  });

  it('is repeated as a template message while the platform recognises it', () => {
    const outcome = { kind: 'unknown', reason: 'platform_timeout' } as const;
    expect(judge(last, 'template', outcome).change).toMatchObject({
      state: 'waiting',
      channel: 'template',
      maybeSentAt: noticeTime,
    });
    const old = buildDelivery({ maybeSentAt: inMs(-9 * 60_000) });
    expect(judge(old, 'template', outcome).change).toMatchObject({ state: 'unknown' });
    expect(isBeyondRepeat(old, now.getTime())).toBe(true);
    expect(isBeyondRepeat(inDoubt, now.getTime())).toBe(false);
  });

  it('in doubt stays so, whatever a repeat is told', () => {
    const refused = { kind: 'refused', reason: 'content:40037' } as const;
    const unreachable = { kind: 'unreachable', reason: 'receiver_permanent:43004' } as const;
    for (const outcome of [refused, unreachable])
      expect(judge(inDoubt, 'template', outcome).change).toMatchObject({ state: 'unknown' });
    const later = { kind: 'later', reason: 'platform_unreachable', retryAfterMs: 1 } as const;
    expect(judge(inDoubt, 'template', later).change).toMatchObject({ maybeSentAt: noticeTime });
    expect(judge(inDoubt, 'template', { kind: 'accepted', messageId: '1' }).change).not.toHaveProperty(
      'maybeSentAt',
    );
  });
});
