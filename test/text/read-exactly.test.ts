import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { finishSlices } from '../../src/core/finish-slices.js';
import { cutOrdinaryWords } from '../../src/text/ordinary-words.js';
import { readExactly } from '../../src/text/read-exactly.js';
import { readWords } from '../../src/text/read-words.js';
import { indexSpellings } from '../../src/text/spelling.js';
import { indexVocabulary } from '../../src/text/vocabulary.js';

const pieces =
  '身份 身份证 份证 证明 无犯罪证明 户口 口簿 户口簿 丢 丢了 怎么办 本人 人才 引进 110 a 的 ，'.split(' ');

/** Without spellings nothing can be repaired. */
const noSpellings = finishSlices(indexSpellings([]));

function read(text: string, words: readonly string[]): string[] {
  return readExactly(text, cutOrdinaryWords(text), indexVocabulary(new Set(words), 6, noSpellings));
}

describe('readExactly', () => {
  it('gives the words of the vocabulary, longer before shorter', () => {
    expect(read('我的身份证明天到期', ['身份', '身份证', '证明', '到期'])).toEqual(['身份证', '到期']);
  });

  it('leaves out what is only ordinary Chinese', () => {
    expect(read('昨天丢了护照', ['护照'])).toEqual(['护照']);
  });

  it('gives nothing for an empty text', () => {
    expect(read('', ['护照'])).toEqual([]);
  });

  it('reads what readWords reads where nothing is repaired', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(text, fc.subarray(pieces), (text, words) => {
        const vocabulary = indexVocabulary(new Set(words), 6, noSpellings);
        expect(readExactly(text, cutOrdinaryWords(text), vocabulary)).toEqual(
          readWords(text, vocabulary).flatMap(({ words }) => words),
        );
      }),
    );
  });
});
