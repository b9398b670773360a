import { describe, expect, it } from '@jest/globals';
import { parseBody, parseJson } from '../../../src/wechat/codec/body.js';
import { codeOf } from './code-of.js';

describe('a body', () => {
  it('is read as XML or JSON by its first character', () => {
    expect(parseBody('<xml><A>1</A></xml>')).toEqual({ A: '1' });
    expect(parseBody('\n {"A":1}')).toEqual({ A: 1 });
  });

  it('keeps the digits of long numbers, and leaves strings and short numbers alone', () => {
    const json =
      '{"MsgId":6054768590064713728,"n":-12.5e3,"f":0.12345678901234568,"s":"\\"1234567890123456789\\""}';
    expect(parseJson(json)).toEqual({
      MsgId: '6054768590064713728',
      n: -12500,
      f: 0.12345678901234568,
      s: '"1234567890123456789"',
    });
  });

  it.each([
    ['an unfinished string', '{"a":"b'],
    ['many unfinished strings', `{"a":"${'\\"'.repeat(30_000)}`],
    ['many unfinished strings and a backslash', `{"a":"${'\\"'.repeat(30_000)}\\`],
    ['a list', '[1]'],
    ['null', 'null'],
    ['a forbidden name', '{"__proto__":{"admin":true}}'],
    ['a forbidden name further down', '{"a":[{"constructor":1}]}'],
    ['a tower', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('in JSON is refused when it is %s', (_name, json) => {
    expect(codeOf(() => parseJson(json))).toBe('bad_json');
  });
});
