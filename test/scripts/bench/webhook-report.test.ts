import { describe, expect, it } from '@jest/globals';
import type { Measured } from '../../../scripts/bench/measure-targets.js';
import { reportWebhook, type ModeResult } from '../../../scripts/bench/webhook-report.js';

function measuredOf(overrides: Partial<Measured> = {}): Measured {
  return {
    perSecond: 1_000,
    perSecondByRound: [900, 1_000, 1_100],
    cpuMicros: 200,
    pacedPerSecond: 500,
    p50: 1,
    p99: 10,
    p999: 20,
    sent: 50,
    acknowledged: 50,
    faults: {},
    checked: 1,
    clientCpu: 0.3,
    ...overrides,
  };
}

function resultOf({
  suishen = {},
  stored = 50,
}: { suishen?: Partial<Measured>; stored?: number } = {}): ModeResult {
  return {
    mode: 'safe',
    measured: new Map([
      ['co_wechat', measuredOf()],
      ['co_wechat_insert', measuredOf({ perSecond: 250 })],
      ['suishen', measuredOf({ perSecond: 800, ...suishen })],
    ]),
    stored: { suishen: stored },
    decisions: [{ value: 'frame', count: 50 }],
    rss: 200 * 2 ** 20,
  };
}

function print(result: ModeResult) {
  const lines: string[] = [];
  const outcome = reportWebhook([result], (line) => lines.push(line));
  return { ...outcome, text: lines.join('\n') };
}

describe('reportWebhook', () => {
  it('holds Suishen against the echo and against the insert', () => {
    const { figures, text } = print(resultOf());
    expect(figures).toMatchObject({ safe_share_of_co_wechat: 0.8, safe_times_co_wechat_insert: 3.2 });
    expect(text).toMatch(/✓ durable answers, share of co-wechat’s bare echo +80 % +≥ 70 %/);
  });

  it('marks a goal that was missed without calling the figures worthless', () => {
    const { faulty, text } = print(resultOf({ suishen: { perSecond: 300, p99: 80 } }));
    expect(text).toMatch(/✗ durable answers, share/);
    expect(text).toMatch(/✗ p99 at/);
    expect(faulty).toBe(false);
  });

  it.each<[string, Parameters<typeof resultOf>[0]]>([
    ['an acknowledged message is missing from the journal', { stored: 49 }],
    ['more is stored than was sent', { stored: 51 }],
    ['an answer was wrong', { suishen: { faults: { 'status 500': 1 } } }],
    ['the client had no time left', { suishen: { clientCpu: 0.97 } }],
  ])('calls the figures worthless when %s', (_, parts) => {
    expect(print(resultOf(parts)).faulty).toBe(true);
  });

  it('allows a message to be stored whose answer was lost on the way', () => {
    expect(print(resultOf({ suishen: { sent: 52, acknowledged: 50 }, stored: 51 })).faulty).toBe(false);
  });
});
