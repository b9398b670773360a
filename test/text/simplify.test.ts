import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { simplify } from '../../src/text/simplify.js';

describe('simplify', () => {
  it.each([
    ['身份證遺失補領', '身份证遗失补领'],
    ['駕駛執照，電單車', '驾驶执照，电单车'],
    ['裡裏衛衞綫線臺祕牀爲', '里里卫卫线线台秘床为'],
    ['头髮和發票', '头发和发票'],
  ])('turns %s into %s', (traditional, simplified) => {
    expect(simplify(traditional)).toBe(simplified);
  });

  it.each(['著名的怎么办', '唔见咗点办', 'ETC 卡😀', ''])('leaves %j as it is', (text) => {
    expect(simplify(text)).toBe(text);
  });

  it('takes any string, and changes nothing a second time', () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: han })), (text) => {
        expect(simplify(simplify(text))).toBe(simplify(text));
      }),
    );
  });
});
