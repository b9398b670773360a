import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { splitText } from '../../src/wechat/split-text.js';

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

describe('splitting a long text', () => {
  it('leaves what fits as it is, to the byte', () => {
    expect(splitText(' 你好 \n', 100)).toEqual([' 你好 \n']);
    expect(splitText('好'.repeat(682) + 'ab', 2048)).toHaveLength(1);
    expect(splitText('好'.repeat(682) + 'abc', 2048)).toHaveLength(2);
  });

  it('prefers the last empty line', () => {
    expect(splitText('一。\n\n二。\n \n三。四。', 24)).toEqual(['一。\n\n二。', '三。四。']);
    expect(splitText('一。\r\n\r\n二。三。四。', 24)).toEqual(['一。', '二。三。四。']);
  });

  it('else takes the last end of a sentence', () => {
    expect(splitText('一二。三四！五六', 20)).toEqual(['一二。三四！', '五六']);
    expect(splitText('一二三；四五？六七', 20)).toEqual(['一二三；', '四五？六七']);
    expect(splitText('一二三四\n五六七', 20)).toEqual(['一二三四', '五六七']);
  });

  it('keeps a closing mark with its sentence', () => {
    expect(splitText('他说：“好。”然后走', 21)).toEqual(['他说：“好。”', '然后走']);
    expect(splitText('一。他说：“好。”然后走', 21)).toEqual(['一。', '他说：“好。”', '然后走']);
  });

  it('else cuts between characters', () => {
    expect(splitText('一二三四五', 6)).toEqual(['一二', '三四', '五']);
  });

  it.each([
    ['an emoji of two halves', '一😀', 6],
    ['a family', '一👨‍👩‍👧‍👦', 25],
    ['a flag', '一🇨🇳', 8],
    ['a letter with its accent', '一e\u0301', 5],
  ])('never cuts %s', (_name, text, limit) => {
    expect(splitText(text, limit)).toEqual([...segmenter.segment(text)].map(({ segment }) => segment));
  });

  const link = '<a href="https://example.com/?a=1&b=2">网上办理。点这里</a>';

  it('never cuts a link, not even after a sentence inside it', () => {
    expect(splitText(`请看这里${link}再来`, 73)).toEqual(['请看这里', `${link}再来`]);
    expect(splitText(`请看。${link}`, 72)).toEqual(['请看。', link]);
    expect(splitText(link + link, 70)).toEqual([link, link]);
  });

  it('cuts a link that alone is too long, and an opening tag that never closes', () => {
    expect(splitText(link, 30).join('')).toBe(link);
    expect(splitText('<a href="x">一二三', 15)).toEqual(['<a href="x">一', '二三']);
  });

  it('cuts a heap of accents that alone is too long', () => {
    const heap = `e${'\u0301'.repeat(20)}`;
    expect(splitText(heap, 10).join('')).toBe(heap);
  });

  it('drops what is blank', () => {
    expect(splitText(`一${' '.repeat(50)}二`, 10)).toEqual(['一', '二']);
    expect(splitText('\n'.repeat(50), 10)).toEqual([]);
  });

  it('takes little time over hostile texts', () => {
    const openTags = '<a '.repeat(20_000);
    const accents = 'e\u0301'.repeat(20_000);
    expect(splitText(openTags, 2048).join('').replaceAll(' ', '')).toBe(openTags.replaceAll(' ', ''));
    expect(splitText(accents, 2048).join('')).toBe(accents);
  });
});

describe('however a text is split', () => {
  const link = fc.tuple(fc.webUrl(), fc.string({ unit: 'grapheme', maxLength: 8 })).map(([url, words]) => {
    return `<a href="${url}">${words.replaceAll('<', '')}</a>`;
  });
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }).map((words) => words.replaceAll('<', '')),
    fc.string({ unit: 'binary', maxLength: 10 }).map((words) => words.replaceAll('<', '')),
    fc.constantFrom('。', '！', '；', '\n', '\n\n', '　', '”', '👨‍👩‍👧‍👦', '🇨🇳🇨🇳', 'e\u0301', '户籍业务办理指南'),
    link,
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 60 }).map((pieces) => pieces.join(''));
  const limit = fc.integer({ min: 4, max: 400 });

  it('every part fits, and nothing is lost but white space', () => {
    fc.assert(
      fc.property(text, limit, (text, limit) => {
        const parts = splitText(text, limit);
        expect(Math.max(0, ...parts.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(limit);
        expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text));
      }),
      { numRuns: 500 },
    );
  });

  it('links that can stay whole do', () => {
    fc.assert(
      fc.property(text, limit, (text, limit) => {
        const parts = splitText(text, limit);
        const whole = (text.match(/<a .*?<\/a>/gs) ?? []).filter(
          (found) => Buffer.byteLength(found) <= limit,
        );
        expect(parts.flatMap((part) => part.match(/<a .*?<\/a>/gs) ?? [])).toEqual(
          expect.arrayContaining(whole),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('characters as people see them stay whole', () => {
    const wide = fc.array(fc.constantFrom('👨‍👩‍👧‍👦', '🇨🇳', 'e\u0301', '한', '户', 'a', '。', '\n'), {
      minLength: 20,
    });
    fc.assert(
      fc.property(wide, fc.integer({ min: 30, max: 90 }), (characters, limit) => {
        const text = characters.join('');
        expect(splitText(text, limit).flatMap(visibleCharacters)).toEqual(visibleCharacters(text));
      }),
      { numRuns: 500 },
    );
  });
});

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}

function visibleCharacters(text: string): string[] {
  return [...segmenter.segment(text)]
    .map(({ segment }) => segment)
    .filter((segment) => segment.trim() !== '');
}
