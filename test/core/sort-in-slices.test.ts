import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { finishSlices } from '../../src/core/finish-slices.js';
import { sortInSlices } from '../../src/core/sort-in-slices.js';

describe('sortInSlices', () => {
  it('sorts as sort() does, and leaves what it was given', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 200 }), (some, times) => {
        const many = Array.from({ length: times }, (_, index) =>
          some.map((text) => `${text}${index % 7}`),
        ).flat();
        const before = [...many];
        expect(finishSlices(sortInSlices(many))).toEqual(many.toSorted());
        expect(many).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it('pauses between the runs of a long list', () => {
    const texts = Array.from({ length: 10_000 }, (_, index) => String((index * 7_919) % 10_000));
    expect([...sortInSlices(texts)].length).toBeGreaterThan(5);
  });
});
