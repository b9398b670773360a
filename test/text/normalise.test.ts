import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { normaliseText } from '../../src/text/normalise.js';

describe('normaliseText', () => {
  it.each([
    ['full width becomes half width', '１１０　ＡＢＣ', '110 abc'],
    ['circled numbers become plain', '③', '3'],
    ['a keycap emoji becomes its key', '3️⃣', '3'],
    ['upper case becomes lower case', 'Menu', 'menu'],
    ['punctuation and emoji around the words go', '【身份证过期了！！！😭】', '身份证过期了'],
    ['punctuation between the words stays', '身份证，过期了。', '身份证,过期了'],
    ['what cannot be seen goes', '身\u200b份\u200d证\ufeff\u0000', '身份证'],
    ['a lone surrogate goes', '护\ud83d照', '护照'],
    ['white space is folded', '  换 \n\t 证  ', '换 证'],
    ['a sign alone stays, as it may be a command', '＃', '#'],
    ['an emoji alone stays', '😀', '😀'],
    ['a price keeps its currency', '￥100', '¥100'],
  ])('%s', (_rule, raw, normal) => {
    expect(normaliseText(raw)).toBe(normal);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const once = normaliseText(raw);
        expect(normaliseText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes no character of Unicode a second time', () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code += 1) {
      const once = normaliseText(`a${String.fromCodePoint(code)}b`);
      if (normaliseText(once) !== once) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });
});
