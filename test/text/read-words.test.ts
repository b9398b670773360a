import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { finishSlices } from '../../src/core/finish-slices.js';
import { readWords } from '../../src/text/read-words.js';
import { indexSpellings } from '../../src/text/spelling.js';
import { indexVocabulary, type Vocabulary } from '../../src/text/vocabulary.js';

const WORDS =
  '身份证 护照 电动车 上牌 丢了 补办 怎么办 到期 过户 无犯罪证明 居住证 行驶证 驾驶证 户口 户口簿 证明 110'.split(
    ' ',
  );

function vocabularyOf(words: readonly string[]): Vocabulary {
  return indexVocabulary(new Set(words), 6, finishSlices(indexSpellings(words)));
}

const vocabulary = vocabularyOf(WORDS);

/** The words of the vocabulary that were read; repaired ones with `!`. */
function known(text: string): string[] {
  return readWords(text, vocabulary)
    .filter(({ words }) => words.length > 0)
    .map(({ words, repaired }) => `${repaired ? '!' : ''}${words.join('|')}`);
}

describe('readWords', () => {
  it('reads the words of the vocabulary, and ordinary ones between them', () => {
    const words = readWords('我的身份证昨天丢了怎么办', vocabulary).map(({ text }) => text);
    expect(words).toEqual(['我', '的', '身份证', '昨天', '丢了', '怎么办']);
  });

  it('does not cut a word out of two others', () => {
    expect(known('身份证明天到期')).toEqual(['身份证', '到期']);
  });

  it.each([
    ['身份正丢了', ['!身份证', '丢了']],
    ['身分政到其了', ['!身份证', '!到期']],
    ['点动车上牌', ['!电动车', '上牌']],
    ['无饭罪证明', ['!无犯罪证明']],
    ['行使证', ['!行驶证']],
    ['半户照', ['!护照']],
    ['无犯最证明', ['!无犯罪证明']],
    ['过护', ['!过户']],
  ])('understands the slips in %s', (text, words) => {
    expect(known(text)).toEqual(words);
  });

  it.each([
    ['shenfenzheng diu le', ['!身份证', '!丢了']],
    ['shen fen zheng', ['!身份证']],
    ['sfz丢了', ['!身份证', '丢了']],
    ['无fz证明', ['!无犯罪证明']],
    ['给我办huzhao', ['!护照']],
  ])('spells %s', (text, words) => {
    expect(known(text)).toEqual(words);
  });

  it('gives all words that initials may stand for', () => {
    expect(known('jzz')).toEqual(['!居住证']);
    const both = vocabularyOf(['居住证', '记者证']);
    expect(readWords('jzz', both)[0]?.words).toEqual(['居住证', '记者证']);
  });

  it.each(['不办可以吗', '居住地', '驾驶员', '我的户口不在这里', '天气', 'hello', 'ok'])(
    'sees no slip in %s',
    (text) => {
      expect(known(text).filter((word) => word.startsWith('!'))).toEqual([]);
    },
  );

  it('makes the same of a text whatever another vocabulary holds', () => {
    const before = readWords('办理记者证', vocabulary);
    readWords('办理记者证', vocabularyOf(['记者证', '办理记者']));
    expect(readWords('办理记者证', vocabulary)).toEqual(before);
  });

  it('reads any text, and leaves none of it out', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('身份', '正', '证', '丢了', 'sfz', ' en', '户口', '不', '1', '，'),
        maxLength: 20,
      }),
    );
    fc.assert(
      fc.property(text, (text) => {
        const words = readWords(text, vocabulary).map(({ text }) => text);
        expect(words.join('')).toBe(text);
      }),
    );
  });
});
