import type { z } from 'zod';
import { contentSchema, type Content } from '../../src/dialog/content-model.js';

type ContentInput = z.input<typeof contentSchema>;
type ReplyInput = ContentInput['replies'][number];

export type ContentOverrides = Partial<Omit<ContentInput, 'settings'>> & {
  settings?: Partial<ContentInput['settings']>;
};

/**
 * A small, valid content: four subjects, three levels, rules that tie and rules that do not.
 * `settings` are merged; `replies` are added to the base, where the same id replaces; everything else replaces.
 */
export function buildContent(overrides: ContentOverrides = {}): Content {
  const { settings, replies = [], ...rest } = overrides;
  const added = new Set(replies.map(({ id }) => id));
  return contentSchema.parse({
    ...base,
    ...rest,
    settings: { ...base.settings, ...settings },
    replies: [...base.replies.filter(({ id }) => !added.has(id)), ...replies],
  });
}

/** A text reply whose sentence is as good as any other. */
export function textReply(id: string, text = `这是${id}的回答。`): ReplyInput {
  return { id, title: id, type: 'text', text };
}

const base: ContentInput = {
  settings: {
    name: '平安某市（示例）',
    sample: true,
    welcome: 'welcome',
    fallback: 'fallback',
    help: 'help',
    handoff: 'handoff',
    media: 'media',
    location: 'location',
  },
  tree: [
    {
      id: 'police',
      number: 1,
      title: '110与紧急求助',
      reply: 'police-110',
      children: [
        { id: 'police-sms', number: 1, title: '短信报警', reply: 'police-sms' },
        { id: 'police-false', number: 2, title: '谎报警情', reply: 'police-false' },
      ],
    },
    {
      id: 'traffic',
      number: 2,
      title: '交通管理',
      children: [{ id: 'traffic-fine', number: 1, title: '违法处理', reply: 'traffic-fine' }],
    },
    {
      id: 'household',
      number: 3,
      title: '户籍',
      reply: 'household',
      children: [
        { id: 'birth', number: 1, title: '出生登记', reply: 'birth' },
        { id: 'moving', number: 2, title: '户口迁移', reply: 'moving' },
        {
          id: 'id-card',
          number: 3,
          title: '身份证',
          children: [
            { id: 'id-card-renew', number: 1, title: '到期换证', reply: 'id-card-renew' },
            { id: 'id-card-lost', number: 2, title: '丢失补领', reply: 'id-card-lost' },
          ],
        },
      ],
    },
    { id: 'passport', number: 4, title: '护照', reply: 'passport' },
  ],
  buttons: [
    { name: '办事指南', buttons: [{ name: '身份证', opens: { node: 'id-card' } }] },
    { name: '人工', opens: { reply: 'handoff' } },
  ],
  scenes: [{ scene: 'hall-id-card', title: '身份证窗口', opens: { node: 'id-card' } }],
  emergency: {
    reply: 'emergency',
    words: ['救命', '报警', '有人拿刀'],
    innocent: ['如何报警', '报警电话是多少'],
  },
  replies: [
    { id: 'welcome', title: '欢迎', type: 'text', text: '您好，这里是平安某市（示例）。' },
    { id: 'fallback', title: '没有听懂', type: 'text', text: '这个问题我还答不上来，已经记下。' },
    { id: 'help', title: '怎么用', type: 'text', text: '回复数字选择，或者直接说您要办的事。' },
    { id: 'handoff', title: '人工', type: 'text', text: '要找工作人员，请在工作时间拨打 12345。' },
    { id: 'media', title: '收到媒体', type: 'text', text: '收到了，请再用文字说一说。' },
    { id: 'location', title: '收到位置', type: 'text', text: '收到您的位置。' },
    { id: 'emergency', title: '紧急', type: 'text', text: '请马上拨打 110。' },
    { id: 'police-110', title: '110', type: 'text', text: '遇到危险请拨打 110。' },
    { id: 'police-sms', title: '12110', type: 'text', text: '不便说话时发短信到 12110。' },
    { id: 'police-false', title: '谎报警情', type: 'text', text: '谎报警情要负法律责任。' },
    { id: 'traffic-fine', title: '违法处理', type: 'text', text: '可以在交管12123上处理。' },
    { id: 'household', title: '户籍', type: 'text', text: '户籍业务在派出所办理。' },
    { id: 'birth', title: '出生登记', type: 'text', text: '出生后一个月以内申报。' },
    { id: 'moving', title: '户口迁移', type: 'text', text: '先看迁入地的条件。' },
    {
      id: 'id-card-renew',
      title: '身份证到期换证',
      type: 'guide',
      summary: '有效期满前三个月可以换。',
      materials: ['居民户口簿', '原身份证'],
      steps: ['到派出所办理', '领取新证'],
      fee: '20 元',
      time: '60 日内',
      place: { bureau: '地址正在核实，可拨打 12345 询问。' },
      online: { title: '粤省事', url: 'https://example.gov.cn/id?a=1&b=2' },
      notes: ['本人到场'],
      legal: ['《居民身份证法》第十一条'],
      reviewed: '2026-11-22',
    },
    { id: 'id-card-lost', title: '身份证丢失补领', type: 'text', text: '可以异地补领。' },
    {
      id: 'passport',
      title: '护照',
      type: 'articles',
      articles: [{ title: '怎样办护照', url: 'https://example.gov.cn/passport' }],
    },
  ],
  rules: [
    { id: 'hotline', whole: ['110'], to: { node: 'police' } },
    { id: 'sms', whole: ['12110'], to: { reply: 'police-sms' } },
    { id: 'id-card-renew', contains: ['身份证过期', '换身份证'], to: { node: 'id-card-renew' } },
    { id: 'id-card-lost', contains: ['身份证丢'], to: { reply: 'id-card-lost' } },
    { id: 'id-card', contains: ['身份证'], priority: 20, to: { node: 'id-card' } },
    { id: 'household', whole: ['户籍'], contains: ['户口'], priority: 20, to: { node: 'household' } },
    { id: 'passport', contains: ['护照'], priority: 20, to: { node: 'passport' } },
  ],
};
