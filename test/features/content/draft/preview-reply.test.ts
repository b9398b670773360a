import { describe, expect, it } from '@jest/globals';
import { previewReply } from '../../../../src/features/content/draft/preview-reply.js';
import { WechatAnswerFitter } from '../../../../src/wechat/fit-answer.js';

const preview = (value: { id: string } & Record<string, unknown>) =>
  previewReply(value.id, value, new WechatAnswerFitter());

describe('the preview of a reply', () => {
  it('is what the dialog says, and how many bytes that takes', () => {
    const value = { id: 'a', title: '题', type: 'guide', summary: '带身份证。', fee: '10元' };

    expect(preview(value)).toEqual({
      messages: [{ kind: 'text', text: '带身份证。\n\n费用：10元' }],
      bytes: 31,
      limitBytes: 2_048,
    });
  });

  it('shows where a long text is cut', () => {
    const paragraph = '证'.repeat(400);
    const { messages, bytes } = preview({
      id: 'a',
      title: '题',
      type: 'text',
      text: `${paragraph}\n\n${paragraph}`,
    });

    expect(messages).toEqual([
      { kind: 'text', text: paragraph },
      { kind: 'text', text: paragraph },
    ]);
    expect(bytes).toBe(2_402);
  });

  it('shows one card at a time, as after a message of a citizen', () => {
    const articles = ['一', '二'].map((title) => ({ title, url: 'https://example.gov.cn/' }));
    const { messages, bytes } = preview({ id: 'a', title: '题', type: 'articles', articles });

    expect(messages).toHaveLength(2);
    expect(bytes).toBeNull();
  });

  it('is refused with the field that is wrong', () => {
    expect(() => preview({ id: 'a', title: '', type: 'text', text: '好' })).toThrow(
      expect.objectContaining({ code: 'invalid_item' }),
    );
  });
});
