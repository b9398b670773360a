import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseJson } from '../../../src/wechat/client/parse-json.js';

describe('parseJson', () => {
  it('keeps a 64-bit id exact, as a string', () => {
    expect(parseJson('{"errcode":0,"msgid":9223372036854775807,"list":[-9223372036854775808]}')).toEqual({
      errcode: 0,
      msgid: '9223372036854775807',
      list: ['-9223372036854775808'],
    });
  });

  it('leaves a number that is exact a number', () => {
    expect(parseJson('[9007199254740991, 9007199254740992, 1234567890.0123456789, 1e30]')).toEqual([
      9007199254740991,
      '9007199254740992',
      Number('1234567890.0123456789'),
      1e30,
    ]);
  });

  it('leaves digits inside a string alone, whatever surrounds them', () => {
    expect(parseJson(String.raw`{"a\"1234567890123456789":"b\\\" : 1234567890123456789, \\","c":1}`)).toEqual(
      {
        'a"1234567890123456789': 'b\\" : 1234567890123456789, \\',
        c: 1,
      },
    );
  });

  it('refuses what is not JSON', () => {
    expect(() => parseJson('<html>1234567890123456789</html>')).toThrow(SyntaxError);
    expect(() => parseJson('')).toThrow(SyntaxError);
  });

  it('reads every value as JSON.parse does where no integer is too large', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!/\d{16}/.test(JSON.stringify(value)));
        const text = JSON.stringify(['1234567890123456', value]);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps the digits of every integer, however long', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.string(), (id, text) => {
        const parsed = parseJson(`{"id":${id},"text":${JSON.stringify(text)}}`);
        expect(parsed).toEqual({ id: Number.isSafeInteger(Number(id)) ? Number(id) : id.toString(), text });
      }),
    );
  });
});
