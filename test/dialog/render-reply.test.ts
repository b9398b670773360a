import { describe, expect, it } from '@jest/globals';
import { replySchema } from '../../src/dialog/content-model.js';
import { renderReply } from '../../src/dialog/render-reply.js';
import { buildContent } from '../support/content-builder.js';

const head = { id: 'some-reply', title: '标题' };

function render(reply: Record<string, unknown>) {
  return renderReply(replySchema.parse({ ...head, ...reply }));
}

describe('renderReply', () => {
  it('lays a guide out with its answer first', () => {
    const guide = buildContent().replies.find(({ id }) => id === 'id-card-renew')!;
    expect(renderReply(guide)).toEqual({
      kind: 'text',
      text: [
        '有效期满前三个月可以换。',
        '',
        '材料：',
        '1. 居民户口簿',
        '2. 原身份证',
        '',
        '怎么办：',
        '1. 到派出所办理',
        '2. 领取新证',
        '',
        '费用：20 元',
        '时限：60 日内',
        '地点：地址正在核实，可拨打 12345 询问。',
        '网上办理：<a href="https://example.gov.cn/id?a=1&b=2">粤省事</a>',
        '',
        '提醒：本人到场',
        '',
        '依据：《居民身份证法》第十一条',
        '核对日期：2026-11-22',
      ].join('\n'),
    });
  });

  it('leaves out what a guide does not tell', () => {
    expect(render({ type: 'guide', summary: '可以。', phone: '12345' })).toEqual({
      kind: 'text',
      text: '可以。\n\n电话：12345',
    });
  });

  it('names an online service whose address is not verified without a link', () => {
    const reply = render({ type: 'guide', summary: '可以。', online: { title: '粤省事小程序' } });
    expect(reply).toEqual({ kind: 'text', text: '可以。\n\n网上办理：粤省事小程序' });
  });

  it.each([
    [
      { type: 'text', text: '好' },
      { kind: 'text', text: '好' },
    ],
    [
      { type: 'image', mediaId: 'm' },
      { kind: 'image', mediaId: 'm' },
    ],
    [
      { type: 'voice', mediaId: 'm' },
      { kind: 'voice', mediaId: 'm' },
    ],
    [
      { type: 'video', mediaId: 'm' },
      { kind: 'video', mediaId: 'm', title: '标题', description: '' },
    ],
    [
      { type: 'music', url: 'https://a.cn/m', thumbMediaId: 't' },
      { kind: 'music', title: '标题', description: '', url: 'https://a.cn/m', thumbMediaId: 't' },
    ],
    [{ type: 'transfer' }, { kind: 'transfer' }],
    [
      { type: 'transfer', staffAccount: 'kf1@test' },
      { kind: 'transfer', staffAccount: 'kf1@test' },
    ],
    [
      { type: 'articles', articles: [{ title: '文', url: 'https://a.cn/1' }] },
      { kind: 'articles', articles: [{ title: '文', description: '', url: 'https://a.cn/1' }] },
    ],
  ])('renders %j', (reply, rendered) => {
    expect(render(reply)).toEqual(rendered);
  });
});
