import { z } from 'zod';
import type { ArticleCard, Reply } from '../../core/messages.js';
import { ProtocolError } from './protocol-error.js';
import { cdata, parseXml, type XmlRecord } from './xml.js';

/** From whom to whom, as the message answered but the other way round. */
export interface ReplyEnvelope {
  /** The citizen's openid. */
  to: string;
  /** The account's original id, `gh_…`. */
  from: string;
  /** Milliseconds since the epoch, UTC; on the wire it is whole seconds. */
  createdAt: number;
}

/** The body of the response to a message. Source: WeChat, "被动回复用户消息". */
export function buildPassiveReply(reply: Reply, envelope: ReplyEnvelope): string {
  const participants = field('ToUserName', envelope.to) + field('FromUserName', envelope.from);
  const seconds = Math.floor(envelope.createdAt / 1000);
  return `<xml>${participants}<CreateTime>${seconds}</CreateTime>${content(reply)}</xml>`;
}

function content(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return `${type('text')}${field('Content', reply.text)}`;
    case 'image':
      return `${type('image')}<Image>${field('MediaId', reply.mediaId)}</Image>`;
    case 'voice':
      return `${type('voice')}<Voice>${field('MediaId', reply.mediaId)}</Voice>`;
    case 'video':
      return `${type('video')}<Video>${field('MediaId', reply.mediaId)}${heading(reply)}</Video>`;
    case 'music':
      return (
        `${type('music')}<Music>${heading(reply)}${field('MusicUrl', reply.url)}` +
        `${optionalField('HQMusicUrl', reply.hqUrl)}${field('ThumbMediaId', reply.thumbMediaId)}</Music>`
      );
    case 'articles':
      return (
        `${type('news')}<ArticleCount>${reply.articles.length}</ArticleCount>` +
        `<Articles>${reply.articles.map(item).join('')}</Articles>`
      );
    case 'transfer':
      break;
  }
  return type('transfer_customer_service') + transferInfo(reply.staffAccount);
}

function type(name: string): string {
  return `<MsgType><![CDATA[${name}]]></MsgType>`;
}

function heading(titled: { title: string; description: string }): string {
  return field('Title', titled.title) + field('Description', titled.description);
}

function item(article: ArticleCard): string {
  const picture = optionalField('PicUrl', article.pictureUrl);
  return `<item>${heading(article)}${picture}${field('Url', article.url)}</item>`;
}

function transferInfo(staffAccount: string | undefined): string {
  return staffAccount === undefined ? '' : `<TransInfo>${field('KfAccount', staffAccount)}</TransInfo>`;
}

function field(name: string, value: string): string {
  return `<${name}>${cdata(value)}</${name}>`;
}

function optionalField(name: string, value: string | undefined): string {
  return value === undefined ? '' : field(name, value);
}

export interface ParsedReply extends ReplyEnvelope {
  reply: Reply;
}

/**
 * A passive reply as the platform reads it, for the simulated platform; stricter where the platform is silent.
 * @throws ProtocolError `bad_xml` or `forbidden_xml` as parseXml does; `bad_reply` for a missing or empty field, a
 * CreateTime that is not in seconds, or a wrong count of articles
 */
export function parsePassiveReply(xml: string): ParsedReply {
  const body = parseXml(xml);
  return { ...read(envelopeSchema, body), reply: read(replySchema, body) };
}

function read<Schema extends z.ZodType>(schema: Schema, body: XmlRecord): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ProtocolError('bad_reply', z.prettifyError(parsed.error));
  return parsed.data;
}

const filled = z.string().min(1);
const blankable = z.string().default('');
const media = z.object({ MediaId: filled });

const envelopeSchema = z
  .object({
    ToUserName: filled,
    FromUserName: filled,
    CreateTime: z.string().regex(/^\d{1,10}$/, 'CreateTime is in seconds'),
  })
  .transform(({ ToUserName: to, FromUserName: from, CreateTime }): ReplyEnvelope => {
    return { to, from, createdAt: Number(CreateTime) * 1000 };
  });

const articleSchema = z
  .object({ Title: blankable, Description: blankable, PicUrl: blankable, Url: filled })
  .transform(({ Title: title, Description: description, PicUrl, Url: url }): ArticleCard => {
    return { title, description, ...(PicUrl && { pictureUrl: PicUrl }), url };
  });

const articlesSchema = z
  .object({
    MsgType: z.literal('news'),
    ArticleCount: z.string(),
    Articles: z.object({
      item: z.preprocess((item) => (Array.isArray(item) ? item : [item]), z.array(articleSchema)),
    }),
  })
  .refine(
    ({ ArticleCount, Articles }) => ArticleCount === String(Articles.item.length),
    'ArticleCount is wrong',
  )
  .transform(({ Articles }): Reply => ({ kind: 'articles', articles: Articles.item }));

const replySchema = z.discriminatedUnion('MsgType', [
  z
    .object({ MsgType: z.literal('text'), Content: filled })
    .transform(({ Content }): Reply => ({ kind: 'text', text: Content })),
  z
    .object({ MsgType: z.literal('image'), Image: media })
    .transform(({ Image }): Reply => ({ kind: 'image', mediaId: Image.MediaId })),
  z
    .object({ MsgType: z.literal('voice'), Voice: media })
    .transform(({ Voice }): Reply => ({ kind: 'voice', mediaId: Voice.MediaId })),
  z
    .object({
      MsgType: z.literal('video'),
      Video: media.extend({ Title: blankable, Description: blankable }),
    })
    .transform(({ Video }): Reply => {
      return { kind: 'video', mediaId: Video.MediaId, title: Video.Title, description: Video.Description };
    }),
  z
    .object({
      MsgType: z.literal('music'),
      Music: z.object({
        Title: blankable,
        Description: blankable,
        MusicUrl: filled,
        HQMusicUrl: blankable,
        ThumbMediaId: filled,
      }),
    })
    .transform(({ Music }): Reply => {
      const { Title: title, Description: description, MusicUrl: url, HQMusicUrl, ThumbMediaId } = Music;
      const music = { kind: 'music', title, description, url, thumbMediaId: ThumbMediaId } as const;
      return HQMusicUrl ? { ...music, hqUrl: HQMusicUrl } : music;
    }),
  articlesSchema,
  z
    .object({
      MsgType: z.literal('transfer_customer_service'),
      TransInfo: z.object({ KfAccount: filled }).optional(),
    })
    .transform(({ TransInfo }): Reply => {
      return TransInfo ? { kind: 'transfer', staffAccount: TransInfo.KfAccount } : { kind: 'transfer' };
    }),
]);
