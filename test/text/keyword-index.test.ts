import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { foldForKeywords, indexKeywords } from '../../src/text/keyword-index.js';

function wordsIn(text: string, words: readonly string[]): string[] {
  const index = indexKeywords(words.map((word) => ({ word, value: word })));
  return index.findAll(foldForKeywords(text)).map(({ value }) => value);
}

describe('indexKeywords', () => {
  it('finds keywords that overlap and keywords within keywords', () => {
    expect(wordsIn('办身份证件', ['身份证', '身份', '份证件', '证'])).toEqual([
      '身份',
      '身份证',
      '份证件',
      '证',
    ]);
  });

  it('finds each occurrence', () => {
    expect(wordsIn('护照护照', ['护照'])).toEqual(['护照', '护照']);
  });

  it('finds a keyword across case, width, spaces and emoji', () => {
    expect(wordsIn('我的 ＥＴＣ 卡 😀 丢 了', ['etc卡', 'ETC', '丢了'])).toEqual(['ETC', 'etc卡', '丢了']);
  });

  it('keeps the spaces between Latin words', () => {
    expect(wordsIn('visa card', ['visacard'])).toEqual([]);
  });

  it('finds emoji, which are two UTF-16 units', () => {
    expect(wordsIn('救命😭😭啊', ['😭'])).toEqual(['😭', '😭']);
  });

  it('gives every value of a word', () => {
    const index = indexKeywords([
      { word: '护照', value: 1 },
      { word: '護照', value: 2 },
      { word: '护照', value: 3 },
    ]);
    expect(index.findAll('护照').map(({ value }) => value)).toEqual([1, 3]);
  });

  it('tells where a word stands', () => {
    const index = indexKeywords([{ word: '护照', value: null }]);
    expect(index.findAll('办护照')).toEqual([{ word: '护照', value: null, start: 1, end: 3 }]);
  });

  it('leaves out a word of which nothing can be seen', () => {
    expect(wordsIn('护照', ['\u200b'])).toEqual([]);
  });

  it('finds what a search for each word by itself finds', () => {
    const unit = fc.constantFrom('证', '照', 'a', '😀');
    const text = fc.string({ unit, maxLength: 30 });
    const words = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('证', '照', 'a'), minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(text, words, (text, words) => {
        const folded = foldForKeywords(text);
        expect(new Set(wordsIn(text, words))).toEqual(new Set(words.filter((word) => folded.includes(word))));
      }),
    );
  });
});
