import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { flagInbound, screenOutgoing } from '../../src/dialog/sensitive/screen.js';
import { buildContent } from '../support/content-builder.js';
import { buildRelease } from '../support/conversation.js';

const release = buildRelease(
  buildContent({
    sensitive: { incoming: ['黄牛', '办证', '他妈', 'VX代办', 'sb'], outgoing: ['黄牛', '代办'] },
  }),
);

function isFlagged(text: string): boolean {
  return flagInbound(release, { kind: 'text', text }).length > 0;
}

describe('a message is flagged for a word', () => {
  it.each([
    ['as it is written', '找黄牛抢号'],
    ['with spaces', '黄 牛'],
    ['with punctuation', '黄。*牛'],
    ['with what cannot be seen', '黄\u200b牛'],
    ['in traditional characters', '黃牛'],
    ['in pinyin', '找huangniu'],
    ['in pinyin with spaces', 'huang niu抢号'],
    ['in full width', 'ＨＵＡＮＧＮＩＵ'],
    ['in another case', '加vx代办'],
    ['of letters that stand alone', '你个SB'],
    ['of letters that are spaced', 's b'],
  ])('%s: %s', (_, text) => {
    expect(isFlagged(text)).toBe(true);
  });

  it('that voice recognition heard', () => {
    const voice = { kind: 'voice', mediaId: 'm', format: 'amr', recognition: '有黄牛吗' } as const;
    expect(flagInbound(release, voice)).toEqual(['sensitive']);
  });
});

describe('a message is not flagged', () => {
  it.each([
    ['for a word that only sounds alike', '皇妞'],
    ['for letters within a word', 'husband'],
    ['for a spelling that is too short', 'ta ma'],
    ['for half a word', '黄色的牛'],
  ])('%s: %s', (_, text) => {
    expect(isFlagged(text)).toBe(false);
  });

  it('when it says nothing', () => {
    expect(flagInbound(release, { kind: 'image', mediaId: 'm', url: 'u' })).toEqual([]);
  });
});

describe('a text that quotes a citizen', () => {
  it.each([
    ['您说：找黄牛代办', '您说：找＊＊＊＊'],
    ['您说：黃 牛！', '您说：＊＊＊！'],
    ['您说：huang niu 好', '您说：＊＊＊＊＊＊＊＊＊ 好'],
    ['您说：代代办办', '您说：＊＊＊＊'],
    ['您说：你好', '您说：你好'],
  ])('%s goes out as %s', (text, screened) => {
    expect(screenOutgoing(release, text)).toBe(screened);
  });

  it('holds no such word once it was screened, and is as long as before', () => {
    const piece = fc.oneof(fc.constantFrom('黄', '牛', '代', '办', 'huang', 'niu', ' ', '。'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const screened = screenOutgoing(release, text);
        expect(screenOutgoing(release, screened)).toBe(screened);
        expect(Array.from(screened)).toHaveLength(Array.from(text).length);
      }),
    );
  });
});
