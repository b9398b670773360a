import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { finishSlices } from '../../src/core/finish-slices.js';
import { indexForSearch, type SearchSource } from '../../src/text/index-for-search.js';
import type { SearchIndex } from '../../src/text/search-index.js';

function indexOf(asked: readonly (readonly string[])[], overrides: Partial<SearchSource> = {}): SearchIndex {
  const units = asked.flatMap((wordings, target) =>
    wordings.map((wording) => ({ target, terms: wording.split(' '), implied: [] })),
  );
  const bodies = asked.map(() => []);
  return finishSlices(
    indexForSearch({ targets: asked.length, units, bodies, emphasis: () => 1, ...overrides }),
  );
}

function find(index: SearchIndex, text: string, unknown = 0): number[] {
  const terms = text.split(' ').map((word) => ({ words: [word], credit: 1 }));
  return index.search({ terms, unknown }, 5).map(({ target }) => target);
}

describe('indexForSearch', () => {
  const index = indexOf([
    ['身份证 丢失 补办', '身份证 丢失 多少钱'],
    ['身份证 到期 换领'],
    ['护照 丢失 补发'],
  ]);

  it('puts the target first whose way of asking fits best', () => {
    expect(find(index, '身份证 丢失')[0]).toBe(0);
    expect(find(index, '护照 丢失')[0]).toBe(2);
  });

  it('finds nothing for words that nobody uses', () => {
    expect(find(index, '天气')).toEqual([]);
    expect(index.weightOf('天气')).toBeUndefined();
  });

  it('weighs a word the more, the fewer targets use it', () => {
    const [rare = 0, common = 0] = ['护照', '身份证'].map((word) => index.weightOf(word));
    expect(rare).toBeGreaterThan(common);
  });

  it('fits perfectly where everything is said, worse with every word that is not', () => {
    const scoreOf = (text: string, unknown = 0) => {
      const terms = text.split(' ').map((word) => ({ words: [word], credit: 1 }));
      return index.search({ terms, unknown }, 1)[0]?.score ?? 0;
    };
    const whole = scoreOf('身份证 到期 换领');
    expect(whole).toBe(1);
    expect(scoreOf('身份证 到期')).toBeLessThan(whole);
    expect(scoreOf('身份证 到期 换领', 1)).toBeLessThan(whole);
    expect(scoreOf('身份证 到期 换领 补发')).toBeLessThan(whole);
  });

  it('prefers a target that speaks of the rest of the message in its answer', () => {
    const bodies = [[], ['户口簿']];
    const two = indexOf([['补办 材料'], ['补办 材料', '户口簿 损坏 换']], { bodies });
    expect(find(two, '补办 材料 户口簿')[0]).toBe(1);
  });

  it('knows how well a target knows a word', () => {
    const known = indexOf([['护照 补发'], ['身份证 照片']], { bodies: [['照片'], []] });
    expect(known.familiarity(1, '照片')).toBe(1);
    expect(known.familiarity(0, '照片')).toBeGreaterThan(0);
    expect(known.familiarity(0, '照片')).toBeLessThan(1);
    expect(known.familiarity(0, '身份证')).toBe(0);
  });

  it('takes a word that may be one of several as any of them', () => {
    const terms = [{ words: ['记者证', '护照'], credit: 0.9 }];
    expect(index.search({ terms, unknown: 0 }, 1)[0]?.target).toBe(2);
  });

  it('forgets one search before the next', () => {
    const word = fc.constantFrom('身份证', '护照', '丢失', '到期', '补办', '天气');
    const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const before = find(index, one);
        find(index, other);
        expect(find(index, one)).toEqual(before);
      }),
    );
  });
});
