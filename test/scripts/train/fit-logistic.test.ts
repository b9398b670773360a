import { describe, expect, it } from '@jest/globals';
import { chanceOf, fitLogistic } from '../../../scripts/train/fit-logistic.js';
import { seededRandom } from '../../../src/core/seeded-random.js';

describe('fitLogistic', () => {
  it('finds the weights by which the cases were drawn', () => {
    const random = seededRandom(7);
    const truth = [-1, 2, -0.5];
    const cases = Array.from({ length: 20_000 }, () => {
      const features = [1, random() * 4 - 2, random() * 4 - 2];
      return { features, isTrue: random() < chanceOf(features, truth) };
    });
    const found = fitLogistic(cases);
    found.forEach((weight, index) => expect(Math.abs(weight - (truth[index] ?? 0))).toBeLessThan(0.1));
  });

  it('stays finite where a feature tells all', () => {
    const cases = [-2, -1, 1, 2].map((feature) => ({ features: [1, feature], isTrue: feature > 0 }));
    expect(fitLogistic(cases).every(Number.isFinite)).toBe(true);
  });
});
