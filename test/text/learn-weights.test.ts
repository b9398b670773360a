import { describe, expect, it } from '@jest/globals';
import { finishSlices } from '../../src/core/finish-slices.js';
import { learnWeights, weighFeatures, type Example } from '../../src/text/learn-weights.js';

const examples: Example[] = Array.from({ length: 40 }, (_, index) => ({
  features: [index % 2 === 0 ? 'yes' : 'no', `noise${index % 5}`, `only${index}`],
  isPositive: index % 2 === 0,
}));

function learn(leastExamples = 1, of = examples) {
  return finishSlices(learnWeights(of, { epochs: 20, weightOfPositive: 1, leastExamples }));
}

describe('learnWeights', () => {
  it('finds the features that tell examples apart', () => {
    const weights = learn();
    expect(weighFeatures(new Set(['yes']), weights)).toBeGreaterThan(1);
    expect(weighFeatures(new Set(['no']), weights)).toBeLessThan(-1);
  });

  it('leaves out what too few examples have', () => {
    const { of } = learn(2);
    expect(of.has('only1')).toBe(false);
    expect(of.has('noise1')).toBe(true);
  });

  it('gives the same weights for the same examples', () => {
    expect(learn()).toEqual(learn());
  });

  it('gives weights for no examples at all', () => {
    expect(weighFeatures(new Set(), learn(1, []))).toBe(0);
  });
});
