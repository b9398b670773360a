import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseChoice } from '../../src/text/numerals.js';

const DIGITS = '零一二三四五六七八九';

function inChinese(number: number): string {
  const tens = Math.floor(number / 10);
  const units = number % 10;
  if (tens === 0) return DIGITS[units]!;
  return `${tens === 1 ? '' : DIGITS[tens]}十${units === 0 ? '' : DIGITS[units]}`;
}

function inFullWidth(number: number): string {
  return String(number).replace(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
}

const written: ((number: number) => string)[] = [String, inChinese, inFullWidth];
const around: ((numeral: string) => string)[] = [
  (numeral) => numeral,
  (numeral) => ` ${numeral}。`,
  (numeral) => `（${numeral}）`,
  (numeral) => `回复${numeral}`,
  (numeral) => `我选${numeral}`,
  (numeral) => `第${numeral}个`,
  (numeral) => `${numeral}号`,
];

const aNumber = fc.integer({ min: 1, max: 99 });

describe('parseChoice, for any number of a list', () => {
  it('reads 1 to 99 in every form', () => {
    fc.assert(
      fc.property(aNumber, fc.constantFrom(...written), fc.constantFrom(...around), (number, write, wrap) => {
        expect(parseChoice(wrap(write(number)))).toEqual([number]);
      }),
    );
  });

  it('reads a path in every form', () => {
    const path = fc.array(aNumber, { minLength: 2, maxLength: 5 });
    const separator = fc.constantFrom('-', '.', '，', '、', ' ', ' - ', '之', '－', '>');
    fc.assert(
      fc.property(path, fc.constantFrom(...written), separator, (numbers, write, between) => {
        expect(parseChoice(numbers.map(write).join(between))).toEqual(numbers);
      }),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const choice = parseChoice(text);
        expect(choice === null || choice.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(
          true,
        );
      }),
    );
  });
});
