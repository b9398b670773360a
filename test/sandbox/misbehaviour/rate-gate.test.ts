import { describe, expect, it } from '@jest/globals';
import { rateLimitSchema, type RateLimit } from '../../../src/api-types/sandbox.js';
import { RateGate } from '../../../src/sandbox/misbehaviour/rate-gate.js';
import { monday } from '../fixture.js';

function gate(shape: RateLimit['shape'], burstMs = 100): RateGate {
  return new RateGate(rateLimitSchema.parse({ endpoint: '*', shape, burstMs }));
}

/** Calls admitted in each second, when more calls come than are granted. */
function admittedPerSecond(subject: RateGate, seconds: number): number[] {
  return Array.from({ length: seconds }, (_, index) => {
    let admitted = 0;
    for (let ms = 0; ms < 1000; ms += 1) if (subject.admit(monday + index * 1000 + ms)) admitted += 1;
    return admitted;
  });
}

describe('a rate', () => {
  it('that is constant admits so many calls a second, after the first burst', () => {
    expect(admittedPerSecond(gate({ kind: 'constant', perSecond: 300 }), 3)).toEqual([329, 300, 300]);
  });

  it('in steps admits what each step says, from the start again at the end', () => {
    const perSecond = admittedPerSecond(gate({ kind: 'steps', perSecond: [200, 400], everyMs: 1000 }), 5);
    expect(perSecond.slice(1)).toEqual([400, 200, 400, 200]);
  });

  it('in waves swings between its bounds', () => {
    const shape = { kind: 'sine', from: 200, to: 400, periodMs: 4000 } as const;
    const [, second, third, fourth, fifth] = admittedPerSecond(gate(shape), 5).map(
      (admitted) => Math.round(admitted / 10) * 10,
    );
    expect([second, third, fourth, fifth]).toEqual([360, 360, 240, 240]);
  });

  it('keeps unused allowance no longer than its bucket is deep', () => {
    const subject = gate({ kind: 'constant', perSecond: 100 }, 50);
    subject.admit(monday);
    let admitted = 0;
    for (let calls = 0; calls < 100; calls += 1) if (subject.admit(monday + 60_000)) admitted += 1;
    expect(admitted).toBe(5);
  });

  it('counts its allowance, what it admitted and what it refused', () => {
    const subject = gate({ kind: 'constant', perSecond: 300 });
    admittedPerSecond(subject, 2);
    const { allowance, admitted, refused } = subject.usage;
    expect(Math.round(allowance)).toBe(600);
    expect([admitted, refused]).toEqual([629, 1371]);
  });
});
