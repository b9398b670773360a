import { describe, expect, it } from '@jest/globals';
import { replySchema } from '../../../../src/api-types/content-values.js';
import { loadContentFiles } from '../../../../src/features/content/files/load-content-files.js';
import { insertLink, judgeAddress } from '../../../../src/web/console/replies/insert-link.js';
import { beginReply, readReply, writeReply } from '../../../../src/web/console/replies/reply-form.js';
import { summariseReply } from '../../../../src/web/console/replies/summarise-reply.js';

const guide = {
  id: 'licence',
  title: '换证',
  type: 'guide',
  summary: '带身份证来换。',
  materials: ['身份证'],
  steps: [],
  fee: '10元',
  place: { bureau: '正在核对' },
  online: { title: '交管12123' },
  notes: [],
  legal: [],
  sources: [{ title: '实施条例', standing: 'law' }],
  reviewed: '2026-11-01',
};

describe('a reply as it is typed', () => {
  it('saves each reply of the sample content as it was read', async () => {
    const loaded = await loadContentFiles(process.cwd(), 'pingan-meizhou');
    if ('faults' in loaded) throw new Error('the sample content has faults');
    const { replies } = loaded.content;

    expect(replies.length).toBeGreaterThan(50);
    for (const reply of replies) expect(replySchema.parse(writeReply(readReply(reply)))).toEqual(reply);
  });

  it.each([
    { id: 'a', title: '图', type: 'image', mediaId: 'm', sources: [] },
    { id: 'a', title: '片', type: 'video', mediaId: 'm', description: '说明', sources: [] },
    {
      id: 'a',
      title: '歌',
      type: 'music',
      description: '',
      url: 'https://a.cn/',
      thumbMediaId: 't',
      sources: [],
    },
    { id: 'a', title: '人工', type: 'transfer', staffAccount: 'kf1@a' },
    {
      id: 'a',
      title: '图文',
      type: 'articles',
      articles: [{ title: '一', description: '', url: 'https://a.cn/' }],
      sources: [],
    },
    guide,
  ])('saves a $type as it was read', (reply) => {
    expect(replySchema.parse(writeReply(readReply(reply)))).toEqual(replySchema.parse(reply));
  });

  it('leaves out what is blank, and keeps it apart whether the bureau has yet to say it', () => {
    const form = { ...readReply(guide), materials: [' 身份证 ', ''], expires: '' };
    const written = writeReply({
      ...form,
      sources: [...form.sources, { title: '', url: '', standing: 'law' }],
    });

    expect(written).toMatchObject({ materials: ['身份证'], place: { bureau: '正在核对' }, fee: '10元' });
    expect(written).not.toHaveProperty('expires');
    expect(written).not.toHaveProperty('time');
    expect(written['sources']).toHaveLength(1);
  });

  it('does not forget a text while another type is tried', () => {
    const form = { ...beginReply('a', '标题'), text: '你好', type: 'guide' as const };

    expect(writeReply(form)).not.toHaveProperty('text');
    expect(writeReply({ ...form, type: 'text' })).toMatchObject({ text: '你好' });
  });
});

describe('a link in a text', () => {
  it('takes the place of what was selected', () => {
    expect(
      insertLink('请看官网。', { start: 2, end: 4 }, { words: '官网', url: ' https://a.cn/"x ' }),
    ).toEqual({
      text: '请看<a href="https://a.cn/%22x">官网</a>。',
      end: 36,
    });
  });

  it.each([
    ['https://a.cn', ''],
    ['www.a.cn', '要写完整的网址，以 https:// 开头'],
    ['weixin://x', '要写完整的网址，以 https:// 开头'],
  ])('to %s is judged: %s', (url, fault) => {
    expect(judgeAddress(url)).toBe(fault);
  });
});

describe('a reply in one line', () => {
  it('says its type, how it begins, and its days', () => {
    expect(summariseReply(guide)).toEqual({
      type: '办事指南',
      words: '带身份证来换。',
      reviewed: '2026-11-01',
      expires: '',
    });
    expect(summariseReply({ nonsense: true }).type).toBe('');
  });
});
