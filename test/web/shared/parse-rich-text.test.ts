import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseRichText } from '../../../src/web/shared/parse-rich-text.js';

const text = (text: string) => ({ kind: 'text', text });

describe('what an account says', () => {
  it('is text and links, in their order', () => {
    expect(parseRichText('请看<a href="https://a.cn/?x=1&amp;y=2">这里</a>，\n或回复 0')).toEqual([
      text('请看'),
      { kind: 'link', text: '这里', href: 'https://a.cn/?x=1&y=2' },
      text('，\n或回复 0'),
    ]);
  });

  it('may open a mini-program', () => {
    const anchor = `<a data-miniprogram-appid='wx1' data-miniprogram-path="p/q" href="https://a.cn">办理</a>`;
    expect(parseRichText(anchor)).toEqual([
      { kind: 'mini_program', text: '办理', appId: 'wx1', path: 'p/q' },
    ]);
  });

  it('may offer words to tap', () => {
    const anchor = '<a href="weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%E6%84%8F&msgmenuid=7">满意</a>';
    expect(parseRichText(anchor)).toEqual([{ kind: 'choice', text: '满意', id: '7', say: '满意' }]);
  });

  it.each([
    '<a href="javascript:alert(1)">点</a>',
    '<a href="data:text/html,x">点</a>',
    '<a href="nowhere">点</a>',
    '<a>点</a>',
    '<b>粗</b>',
    '<img src=x onerror=alert(1)>',
  ])('is shown as it was written where it is no safe link: %s', (written) => {
    expect(parseRichText(written)).toEqual([text(written)]);
  });

  it('links an address that stands there bare, without the stop behind it', () => {
    expect(parseRichText('见 https://a.cn/b?c=1。谢谢')).toEqual([
      text('见 '),
      { kind: 'link', text: 'https://a.cn/b?c=1', href: 'https://a.cn/b?c=1' },
      text('。谢谢'),
    ]);
  });

  it('never makes a link that is not safe to open, and loses no character outside of mark-up', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<a href="', 'javascript:', 'https://a.cn', '">', '</a>'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const said = pieces.join('');
        const parts = parseRichText(said);
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^(https?|tel):/i);
        if (parts.every(({ kind }) => kind === 'text'))
          expect(parts.map((part) => part.text).join('')).toBe(said);
      }),
    );
  });
});
