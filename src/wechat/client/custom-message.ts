import type { Reply } from '../../core/messages.js';

/** A customer-service message, in the platform's own field names ("Send customer service message"). */
export type CustomMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'image'; image: { media_id: string } }
  | { msgtype: 'voice'; voice: { media_id: string } }
  | { msgtype: 'video'; video: { media_id: string; title: string; description: string } }
  | {
      msgtype: 'music';
      music: {
        title: string;
        description: string;
        musicurl: string;
        hqmusicurl: string;
        thumb_media_id: string;
      };
    }
  | { msgtype: 'news'; news: { articles: [CustomArticle] } };

interface CustomArticle {
  title: string;
  description: string;
  url: string;
  picurl: string;
}

/**
 * A reply as a customer-service message. undefined: there is no such message, because a chat can be handed over
 * only in the response to the citizen's own message, or because there is not exactly one article (WeChat: 45008).
 */
export function toCustomMessage(reply: Reply): CustomMessage | undefined {
  switch (reply.kind) {
    case 'text':
      return { msgtype: 'text', text: { content: reply.text } };
    case 'image':
      return { msgtype: 'image', image: { media_id: reply.mediaId } };
    case 'voice':
      return { msgtype: 'voice', voice: { media_id: reply.mediaId } };
    case 'video': {
      const { mediaId, title, description } = reply;
      return { msgtype: 'video', video: { media_id: mediaId, title, description } };
    }
    case 'music': {
      const { title, description, url, hqUrl = url, thumbMediaId } = reply;
      const music = { title, description, musicurl: url, hqmusicurl: hqUrl, thumb_media_id: thumbMediaId };
      return { msgtype: 'music', music };
    }
    case 'articles': {
      const [article, ...others] = reply.articles;
      if (!article || others.length > 0) return undefined;
      const { title, description, url, pictureUrl = '' } = article;
      return { msgtype: 'news', news: { articles: [{ title, description, url, picurl: pictureUrl }] } };
    }
    case 'transfer':
      break;
  }
  return undefined;
}
