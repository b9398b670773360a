import { describe, expect, it } from '@jest/globals';
import { assert, integer, property } from 'fast-check';
import { shareOut } from '../../../../src/features/notices/mass/mass-planner.js';

const rows = (count: number) => Array.from({ length: count }, (_, row) => row);
const sizes = (count: number) => shareOut(rows(count)).map((share) => share.length);

describe('the recipients of mass messages', () => {
  it('are shared out among thirteen calls when they are 130,000', () => {
    expect(sizes(130_000)).toEqual(Array(13).fill(10_000));
  });

  it('leave nobody alone: the platform takes two at least', () => {
    expect(sizes(10_001)).toEqual([9_999, 2]);
    expect(sizes(20_001)).toEqual([10_000, 9_999, 2]);
    expect(sizes(2)).toEqual([2]);
  });

  it('are all in one call each, in their order', () => {
    assert(
      property(integer({ min: 2, max: 60_000 }), (count) => {
        const shares = shareOut(rows(count));
        expect(shares.flat()).toEqual(rows(count));
        expect(shares).toHaveLength(Math.ceil(count / 10_000));
        expect(shares.every(({ length }) => length >= 2 && length <= 10_000)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
