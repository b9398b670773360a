import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  parseNoticeText,
  placeholdersOf,
  renderNoticeText,
  writeNoticeText,
  type NoticeTextPart,
} from '../../../src/features/notices/notice-text.js';

const names = fc.stringMatching(/^[\p{Script=Han}\w]{1,20}$/u);
const words = fc.string({ unit: 'grapheme' });
const parts = fc.array(
  fc.oneof(
    names.map((name): NoticeTextPart => ({ name })),
    words.map((text): NoticeTextPart => ({ text })),
  ),
);

describe('a text with placeholders', () => {
  it('has its placeholders replaced by the recipient’s values', () => {
    const text = parseNoticeText('{{姓名}}您好，请于{{ 时间 }}到场。{{姓名}}');
    expect(placeholdersOf(text)).toEqual(['姓名', '时间']);
    expect(renderNoticeText(text, { 姓名: '张三', 时间: '15:00' })).toEqual({
      text: '张三您好，请于15:00到场。张三',
    });
  });

  it('cannot be written without a value for each placeholder', () => {
    const text = parseNoticeText('{{姓名}} {{时间}} {{地点}}');
    expect(renderNoticeText(text, { 姓名: '张三', 时间: ' ' })).toEqual({ missing: ['时间', '地点'] });
    expect(renderNoticeText(parseNoticeText('{{toString}}'), {})).toEqual({ missing: ['toString'] });
  });

  it('keeps braces and backslashes that are escaped', () => {
    expect(renderNoticeText(parseNoticeText(String.raw`\{{姓名}} 与 \\ 与 \n`), {})).toEqual({
      text: String.raw`{{姓名}} 与 \ 与 \n`,
    });
  });

  it.each([
    ['你好{{姓名', 'placeholder_unclosed', 2],
    ['{{ }}', 'placeholder_unnamed', 0],
    ['{{姓{名}}', 'placeholder_unclosed', 0],
    ['{{姓\n名}}', 'placeholder_unclosed', 0],
  ])('says what is wrong with %j', (text, code, at) => {
    expect(parseNoticeText(text).faults).toEqual([{ code, at }]);
  });

  it('takes no placeholder from a value', () => {
    const text = parseNoticeText('{{姓名}}');
    expect(renderNoticeText(text, { 姓名: '{{时间}}' })).toEqual({ text: '{{时间}}' });
  });

  it('is what its parts say, whatever they are', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const values = Object.fromEntries(
          given.flatMap((part) => ('name' in part ? [[part.name, `«${part.name}»`]] : [])),
        );
        const text = parseNoticeText(writeNoticeText(given));
        expect(text.faults).toEqual([]);
        expect(renderNoticeText(text, values)).toEqual({
          text: given.map((part) => ('name' in part ? `«${part.name}»` : part.text)).join(''),
        });
      }),
    );
  });

  it('keeps every text without braces and backslashes as it is', () => {
    fc.assert(
      fc.property(
        words.filter((text) => !/[{\\]/.test(text)),
        (text) => {
          expect(renderNoticeText(parseNoticeText(text), {})).toEqual({ text });
        },
      ),
    );
  });

  it('is written again just as it was taken apart', () => {
    fc.assert(
      fc.property(words, (text) => {
        const { parts: first } = parseNoticeText(text);
        expect(parseNoticeText(writeNoticeText(first)).parts).toEqual(first);
      }),
    );
  });
});
