import { describe, expect, it } from '@jest/globals';
import { withoutLikes } from '../../../scripts/train/without-likes.js';
import { buildContent, textReply } from '../../support/content-builder.js';

const content = {
  ...buildContent({
    replies: [textReply('lost')],
    rules: [
      { id: 'lost', questions: ['身份证丢了怎么补办', '证件找不到去哪里重新弄一张'], to: { reply: 'lost' } },
    ],
  }),
  outside: ['公积金怎么提取', '今天会下雨吗'],
};

describe('withoutLikes', () => {
  it('leaves out the questions that nearly are one of the messages', () => {
    const { rules, outside } = withoutLikes(content, ['我身份证丢了怎么补办', '公积金怎么提取呢']);
    expect(rules.map(({ questions }) => questions)).toEqual([['证件找不到去哪里重新弄一张']]);
    expect(outside).toEqual(['今天会下雨吗']);
  });

  it('keeps all else as it is', () => {
    expect(withoutLikes(content, ['护照多少钱'])).toEqual(content);
  });
});
