import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dangerFeatures } from '../../../src/dialog/emergency/danger-features.js';
import { hearDangers } from '../../../src/dialog/emergency/hear-dangers.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { buildRelease } from '../../support/conversation.js';

const kind = { id: 'fire', title: '火灾', reply: 'fire', events: ['着火'], certain: ['烧起来了'] };
const { emergency } = buildRelease(
  buildContent({
    emergency: { reply: 'emergency', words: [], kinds: [kind], innocent: ['着火点'] },
    replies: [textReply('fire', '请打119。')],
  }),
);

/** Those that are no piece of the text. */
function signsOf(text: string): string[] {
  return [...dangerFeatures(hearDangers(emergency, text, text))].filter((one) => one.startsWith('@')).sort();
}

describe('what danger is judged by', () => {
  it('are the words by how much they say and what stands around them, never by which they are', () => {
    expect(signsOf('楼下着火')).toEqual(
      ['@length0', '@present', '@event', '@exact', '@now2', '@calm0', '@event-now2-calm0'].sort(),
    );
    expect(signsOf('着火怎么赔')).toEqual(
      ['@length0', '@question', '@remote', '@event', '@exact', '@now0', '@calm3', '@event-now0-calm3'].sort(),
    );
  });

  it('is a cry where the word is nearly all that is said', () => {
    expect(signsOf('着火啦')).toContain('@event-cry');
    expect(signsOf('我家后面的山着火')).not.toContain('@event-cry');
  });

  it('leaves out a word that an innocent phrase explains', () => {
    expect(signsOf('汽油的着火点')).toEqual(['@length0', '@nothing']);
  });

  it('are each character and each pair, the ends included', () => {
    const features = [...dangerFeatures(hearDangers(emergency, '你好', '你好'))];
    expect(features.filter((one) => !one.startsWith('@'))).toEqual(['^', '^你', '你', '你好', '好', '好$']);
  });

  it('never has a blank in a name, so that a line of weights can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        for (const feature of dangerFeatures(hearDangers(emergency, text, text)))
          expect(feature).not.toMatch(/\s/);
      }),
    );
  });
});
