import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/core/errors.js';
import { compilePattern } from '../../src/text/pattern.js';

describe('compilePattern', () => {
  it('finds itself anywhere in a text, whatever the case', () => {
    const pattern = compilePattern('身份证.{0,3}(丢|掉)|ETC');
    expect(pattern.occursIn('我的身份证昨天丢了')).toBe(true);
    expect(pattern.occursIn('办etc')).toBe(true);
    expect(pattern.occursIn('身份证到期')).toBe(false);
  });

  it('makes light of a pattern that others choke on', () => {
    expect(compilePattern('(a+)+$').occursIn(`${'a'.repeat(5_000)}b`)).toBe(false);
  });

  it.each([
    ['a(?=b)', 'pattern_invalid'],
    ['(', 'pattern_invalid'],
    [String.raw`(.)\1`, 'pattern_invalid'],
    ['(?:身{30}){33}(?:份{30}){33}(?:证{30}){33}', 'pattern_too_large'],
  ])('refuses %s as %s, with a sentence for the clerk', (source, code) => {
    expect(() => compilePattern(source)).toThrow(UserError);
    expect(() => compilePattern(source)).toThrow(expect.objectContaining({ code }));
    expect(() => compilePattern(source)).toThrow(/正则表达式/);
  });

  it.each([
    ['a(?=b)', '不支持这种写法（例如前后查看）'],
    ['身份证(丢', '缺少右括号 )'],
    ['[丢', '缺少右方括号 ]'],
    ['*丢', '重复号前面没有内容'],
  ])('says in Chinese what is wrong with %s', (source, reason) => {
    expect(() => compilePattern(source)).toThrow(reason);
  });
});
