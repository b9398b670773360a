import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { diffSentence } from '../../../../src/web/console/review/changes/sentence-diff.js';

/** `收费[-20-][+25+]元` */
const mark = (before: string, after: string) =>
  diffSentence(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}+]` : `[-${text}-]`))
    .join('');

describe('the difference between two sentences', () => {
  it('is told word by word', () => {
    expect(mark('每证收费20元，十日内办结。', '每证收费25元，十日内办结。')).toBe(
      '每证收费[-20-][+25+]元，十日内办结。',
    );
    expect(mark('请带身份证。', '请带身份证和户口簿。')).toBe('请带身份证[+和户口簿+]。');
  });

  it('is told as a whole where hardly a word stayed', () => {
    expect(mark('工作日上班。', '请打电话问派出所，或者发“人工”。')).toBe(
      '[-工作日上班。-][+请打电话问派出所，或者发“人工”。+]',
    );
  });

  it('is one text alone where the other is empty', () => {
    expect(mark('', '新增的一句。')).toBe('[+新增的一句。+]');
    expect(mark('不要了。', '')).toBe('[-不要了。-]');
    expect(diffSentence('', '')).toEqual([]);
  });

  it('leads from the old text to the new one, whatever they are', () => {
    const texts = fc.string({ unit: fc.constantFrom('办', '证', '件', '，', '\n', '1', 'a', '😀') });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const pieces = diffSentence(before, after);
        const without = (kind: string) =>
          pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join('');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      }),
    );
  });
});
