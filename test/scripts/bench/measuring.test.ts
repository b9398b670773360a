import { describe, expect, it } from '@jest/globals';
import { medianOf, quantilesOf } from '../../../scripts/bench/load/quantiles.js';
import { formatTable } from '../../../scripts/bench/report.js';

describe('quantilesOf', () => {
  it('takes the nearest rank', () => {
    const hundred = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantilesOf(hundred)).toEqual({ p50: 50, p99: 99, p999: 100, max: 100 });
  });

  it('is zero where nothing was measured', () => {
    expect(quantilesOf(new Float64Array())).toEqual({ p50: 0, p99: 0, p999: 0, max: 0 });
  });
});

describe('medianOf', () => {
  it('is not moved by one noisy round', () => {
    expect(medianOf([100, 9_000, 90])).toBe(100);
  });
});

describe('formatTable', () => {
  it('aligns names to the left and numbers to the right', () => {
    expect(
      formatTable(
        ['', 'ms'],
        [
          ['koa', '1.0'],
          ['suishen', '12.5'],
        ],
      ),
    ).toBe(['           ms', 'koa       1.0', 'suishen  12.5'].join('\n'));
  });
});
