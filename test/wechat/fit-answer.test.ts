import { describe, expect, it } from '@jest/globals';
import type { CitizenInput, Reply } from '../../src/core/messages.js';
import { WechatAnswerFitter } from '../../src/wechat/fit-answer.js';

const fitter = new WechatAnswerFitter();
const asked: CitizenInput = { kind: 'text', text: '1' };
const hello: Reply = { kind: 'text', text: '您好' };
const more: Reply = { kind: 'text', text: '还有' };
const image: Reply = { kind: 'image', mediaId: 'm' };
const transfer: Reply = { kind: 'transfer' };

describe('an answer on WeChat', () => {
  it('of nothing says nothing', () => {
    expect(fitter.fit(asked, [])).toEqual({ now: null, later: [] });
  });

  it('says the first reply at once and the rest after it', () => {
    expect(fitter.fit(asked, [hello, image, more])).toEqual({ now: hello, later: [image, more] });
  });

  it('goes on in further messages when the text is too long', () => {
    const paragraphs = ['户'.repeat(600), '籍'.repeat(600), '迁'.repeat(600)];
    const { now, later } = fitter.fit(asked, [{ kind: 'text', text: paragraphs.join('\n\n') }, hello]);
    expect([now, ...later]).toEqual([...paragraphs.map((text) => ({ kind: 'text', text })), hello]);
  });

  it('leaves out blank texts and empty lists', () => {
    const replies: Reply[] = [{ kind: 'text', text: ' \n' }, { kind: 'articles', articles: [] }, hello];
    expect(fitter.fit(asked, replies)).toEqual({ now: hello, later: [] });
  });

  it('transfers in the response, because no later message can', () => {
    expect(fitter.fit(asked, [hello, transfer, transfer])).toEqual({ now: transfer, later: [hello] });
  });

  it.each<CitizenInput>([{ kind: 'notification', name: 'view' }, { kind: 'unfollow' }])(
    'to what needs no answer leaves the response empty: $kind',
    (input) => {
      expect(fitter.fit(input, [])).toEqual({ now: null, later: [] });
      expect(fitter.fit(input, [hello, transfer])).toEqual({ now: null, later: [hello] });
    },
  );
});

describe('articles on WeChat', () => {
  it.each<CitizenInput>([
    asked,
    { kind: 'image', mediaId: 'm', url: 'u' },
    { kind: 'voice', mediaId: 'm', format: 'amr' },
    { kind: 'video', mediaId: 'm', thumbMediaId: 't' },
    { kind: 'location', latitude: 24, longitude: 116, label: '' },
    { kind: 'link', title: 't', url: 'u' },
  ])('come one by one after a message: $kind', (input) => {
    expect(fitter.fit(input, [articles(1, 2, 3)])).toEqual({
      now: articles(1),
      later: [articles(2), articles(3)],
    });
  });

  it.each<CitizenInput>([{ kind: 'click', key: 'k' }, { kind: 'scan', scene: 's' }, { kind: 'follow' }])(
    'come up to eight together after an event: $kind',
    (input) => {
      expect(fitter.fit(input, [articles(1, 2, 3, 4, 5, 6, 7, 8, 9)])).toEqual({
        now: articles(1, 2, 3, 4, 5, 6, 7, 8),
        later: [articles(9)],
      });
    },
  );

  it('come one by one in later messages whatever was answered', () => {
    const { now, later } = fitter.fit({ kind: 'follow' }, [hello, articles(1, 2)]);
    expect([now, ...later]).toEqual([hello, articles(1), articles(2)]);
  });
});

function articles(...numbers: number[]): Reply {
  return {
    kind: 'articles',
    articles: numbers.map((number) => ({ title: `${number}`, description: '', url: 'https://example.com' })),
  };
}
