import { replySchema } from '../../../api-types/content-values.js';
import { replyTypes } from '../draft/content-words.js';

export interface ReplySummary {
  type: string;
  /** How it begins. */
  words: string;
  /** `YYYY-MM-DD`, or empty. */
  reviewed: string;
  expires: string;
}

/** A reply in one line of a list. */
export function summariseReply(value: unknown): ReplySummary {
  const read = replySchema.safeParse(value);
  if (!read.success) return { type: '', words: '', reviewed: '', expires: '' };
  const reply = read.data;
  const days =
    reply.type === 'transfer'
      ? { reviewed: '', expires: '' }
      : { reviewed: reply.reviewed ?? '', expires: reply.expires ?? '' };
  return { type: replyTypes[reply.type], words: beginningOf(reply).slice(0, 80), ...days };
}

function beginningOf(reply: ReturnType<typeof replySchema.parse>): string {
  switch (reply.type) {
    case 'text':
      return reply.text.replaceAll(/<[^>]*>/g, '');
    case 'guide':
      return reply.summary;
    case 'articles':
      return reply.articles.map(({ title }) => title).join('、');
    case 'image':
    case 'voice':
    case 'video':
      return reply.mediaId;
    case 'music':
      return reply.url;
    case 'transfer':
      return reply.staffAccount ?? '';
  }
}
