import { describe, expect, it } from '@jest/globals';
import { blurSyllable, isSyllable, syllablesOf } from '../../src/text/pinyin.js';

describe('syllablesOf', () => {
  it('reads characters by the words that they stand in', () => {
    expect(syllablesOf('银行行驶证')).toEqual(['yin', 'hang', 'xing', 'shi', 'zheng']);
  });

  it('gives one syllable for each character, and leaves others as they are', () => {
    expect(syllablesOf('女a1')).toEqual(['nv', 'a', '1']);
  });
});

describe('blurSyllable', () => {
  it.each([
    ['zhang', 'zan'],
    ['shi', 'si'],
    ['niu', 'liu'],
    ['re', 'le'],
    ['hua', 'fa'],
    ['hu', 'fu'],
    ['heng', 'hen'],
    ['证', '证'],
  ])('makes %s %s', (syllable, blurred) => {
    expect(blurSyllable(syllable)).toBe(blurred);
  });
});

describe('isSyllable', () => {
  it.each(['shuang', 'a', 'lv', 'zhe'])('takes %s', (letters) => expect(isSyllable(letters)).toBe(true));
  it.each(['sfz', 'help', 'shenfen', ''])('takes not %s', (letters) =>
    expect(isSyllable(letters)).toBe(false),
  );
});
