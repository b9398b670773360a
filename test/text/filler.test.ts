import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dropFiller, isOnlyFiller } from '../../src/text/filler.js';

describe('dropFiller', () => {
  it.each([
    ['你好请问身份证丢了怎么补呢', '身份证丢了怎么补'],
    ['麻烦问一下居住证要多久啊，谢谢您', '居住证要多久，'],
    ['户口能迁吗', '户口能迁'],
    ['网吧登记', '网吧登记'],
    ['请问下水道堵了找谁', '下水道堵了找谁'],
    ['问下身份证怎么补', '身份证怎么补'],
    ['身份证丢了 急死我了', '身份证丢了'],
    ['急急急护照到期怎么换,在线等', '护照到期怎么换,'],
    ['加急护照多少钱', '加急护照多少钱'],
    ['家里老人去世了', '家里老人去世了'],
    ['你好的看法', '你好的看法'],
  ])('makes %s into %s', (text, bare) => {
    expect(dropFiller(text)).toBe(bare);
  });

  it.each(['谢谢', '你好', '吗', '请问'])('leaves %s, which is nothing else', (text) => {
    expect(dropFiller(text)).toBe(text);
    expect(isOnlyFiller(text)).toBe(true);
  });

  it('empties no text', () => {
    const unit = fc.constantFrom('你好', '请问', '吗', '呢', '谢谢', '证', ' ', '，');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1 }), (text) => {
        expect(dropFiller(text)).not.toBe('');
      }),
    );
  });
});
