import { describe, expect, it } from '@jest/globals';
import type { Reply } from '../../../src/core/messages.js';
import { buildPassiveReply, parsePassiveReply } from '../../../src/wechat/codec/passive-reply.js';
import { codeOf } from './code-of.js';

const envelope = { to: 'oia2Tj', from: 'gh_7f08', createdAt: 1_407_743_423_999 };
const head =
  '<xml><ToUserName><![CDATA[oia2Tj]]></ToUserName><FromUserName><![CDATA[gh_7f08]]></FromUserName><CreateTime>1407743423</CreateTime>';

const cases: [string, Reply, string][] = [
  [
    'a text',
    { kind: 'text', text: '你好' },
    '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content>',
  ],
  [
    'an image',
    { kind: 'image', mediaId: 'm' },
    '<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[m]]></MediaId></Image>',
  ],
  [
    'a voice',
    { kind: 'voice', mediaId: 'm' },
    '<MsgType><![CDATA[voice]]></MsgType><Voice><MediaId><![CDATA[m]]></MediaId></Voice>',
  ],
  [
    'a video',
    { kind: 'video', mediaId: 'm', title: 't', description: 'd' },
    '<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[m]]></MediaId><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description></Video>',
  ],
  [
    'music',
    { kind: 'music', title: 't', description: 'd', url: 'u', hqUrl: 'h', thumbMediaId: 'm' },
    '<MsgType><![CDATA[music]]></MsgType><Music><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description><MusicUrl><![CDATA[u]]></MusicUrl><HQMusicUrl><![CDATA[h]]></HQMusicUrl><ThumbMediaId><![CDATA[m]]></ThumbMediaId></Music>',
  ],
  [
    'articles',
    {
      kind: 'articles',
      articles: [
        { title: 't', description: 'd', pictureUrl: 'p', url: 'u' },
        { title: '', description: '', url: 'v' },
      ],
    },
    '<MsgType><![CDATA[news]]></MsgType><ArticleCount>2</ArticleCount><Articles><item><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description><PicUrl><![CDATA[p]]></PicUrl><Url><![CDATA[u]]></Url></item><item><Title><![CDATA[]]></Title><Description><![CDATA[]]></Description><Url><![CDATA[v]]></Url></item></Articles>',
  ],
  ['a transfer', { kind: 'transfer' }, '<MsgType><![CDATA[transfer_customer_service]]></MsgType>'],
  [
    'a transfer to somebody',
    { kind: 'transfer', staffAccount: 'li@mzga' },
    '<MsgType><![CDATA[transfer_customer_service]]></MsgType><TransInfo><KfAccount><![CDATA[li@mzga]]></KfAccount></TransInfo>',
  ],
];

describe('a passive reply', () => {
  it.each(cases)('has the published form: %s', (_name, reply, body) => {
    expect(buildPassiveReply(reply, envelope)).toBe(`${head}${body}</xml>`);
  });

  it.each(cases)('is read by the platform as it was meant: %s', (_name, reply) => {
    expect(parsePassiveReply(buildPassiveReply(reply, envelope))).toEqual({
      ...envelope,
      createdAt: 1_407_743_423_000,
      reply,
    });
  });

  it('cannot be turned into another by a text that it repeats', () => {
    const text = ']]></Content><MsgType><![CDATA[transfer_customer_service]]></MsgType><Content><![CDATA[';
    const xml = buildPassiveReply({ kind: 'text', text }, envelope);
    expect(parsePassiveReply(xml).reply).toEqual({ kind: 'text', text });
  });
});

describe('the platform refuses', () => {
  const text = '<MsgType>text</MsgType><Content>hi</Content>';
  const article = '<item><Title>t</Title><Url>u</Url></item>';

  it.each([
    ['milliseconds', head.replace('1407743423', '1407743423999') + text],
    ['no time', head.replace(/<CreateTime>.*<\/CreateTime>/, '') + text],
    ['no receiver', head.replace('oia2Tj', '') + text],
    ['no type', `${head}<Content>hi</Content>`],
    ['an unknown type', `${head}<MsgType>hologram</MsgType>`],
    ['an empty text', `${head}<MsgType>text</MsgType><Content></Content>`],
    ['two texts', `${head}${text}<Content>ho</Content>`],
    ['an image without MediaId', `${head}<MsgType>image</MsgType><Image></Image>`],
    [
      'a wrong count',
      `${head}<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles>${article}</Articles>`,
    ],
    ['no articles', `${head}<MsgType>news</MsgType><ArticleCount>0</ArticleCount><Articles></Articles>`],
  ])('%s', (_name, xml) => {
    expect(codeOf(() => parsePassiveReply(`${xml}</xml>`))).toBe('bad_reply');
  });

  it('JSON and truncated replies', () => {
    expect(codeOf(() => parsePassiveReply('{"Content":"hi"}'))).toBe('bad_xml');
    expect(codeOf(() => parsePassiveReply(head + text))).toBe('bad_xml');
  });
});
