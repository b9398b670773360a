import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { learnWordings, type WordingModel } from '../../src/text/wording-model.js';

const model = learn([
  ['身份证丢了怎么补', '身份证不见了', '补办身份证要带什么'],
  ['护照丢了怎么补', '护照不见了', '补办护照要带什么'],
  [],
]);

describe('the wording model', () => {
  it('finds a text likelier for the target that is asked for in such words', () => {
    const likelihood = model.compare('我的身份正不见啦');
    expect(likelihood(0)).toBeGreaterThan(likelihood(1));
    expect(likelihood(0)).toBeGreaterThan(0);
  });

  it('finds nothing in what no target is asked for by', () => {
    const likelihood = model.compare('xyz');
    expect([0, 1, 2].map(likelihood)).toEqual([0, 0, 0]);
  });

  it('gives a finite number for any text and any target', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (text, target) => {
        expect(Number.isFinite(model.compare(text)(target))).toBe(true);
      }),
    );
  });
});

function learn(wordings: readonly (readonly string[])[]): WordingModel {
  const slices = learnWordings(wordings);
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  return slice.value;
}
