import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { splitClauses } from '../../src/text/clauses.js';

describe('splitClauses', () => {
  it.each([
    ['身份证丢了怎么补，电动车怎么上牌？', ['身份证丢了怎么补', '电动车怎么上牌']],
    ['护照多少钱然后还有就是港澳通行证呢', ['护照多少钱', '港澳通行证呢']],
    ['要办居住证还要开无犯罪证明', ['要办居住证', '开无犯罪证明']],
    ['1.怎么分户 2.怎么迁出', ['怎么分户', '怎么迁出']],
    ['我被骗了 怎么办', ['我被骗了', '怎么办']],
    ['visa card 丢了', ['visa card', '丢了']],
    ['护照', ['护照']],
  ])('parts %s', (text, clauses) => {
    expect(splitClauses(text)).toEqual(clauses);
  });

  it('keeps every letter outside the connectives, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('证', 'a', ' ', '，', '。') }), (text) => {
        expect(splitClauses(text).join('').replaceAll(' ', '')).toBe(text.replace(/[ ，。]/g, ''));
      }),
    );
  });
});
