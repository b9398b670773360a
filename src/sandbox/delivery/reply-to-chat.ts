import type { ChatContent, ChatEntry } from '../../api-types/sandbox.js';
import type { Reply } from '../../core/messages.js';
import { sandboxTexts } from '../sandbox-texts.js';

/** A passive reply as an entry of the citizen's chat. */
export function replyToChat(reply: Reply): Pick<ChatEntry, 'from' | 'content' | 'via'> {
  const content = toContent(reply);
  return { from: content.kind === 'notice' ? 'platform' : 'account', via: 'reply', content };
}

function toContent(reply: Reply): ChatContent {
  switch (reply.kind) {
    case 'text':
    case 'voice':
    case 'video':
      return reply;
    case 'image':
      return { ...reply, url: null };
    case 'music':
      return { kind: 'music', title: reply.title, description: reply.description, url: reply.url };
    case 'articles':
      return {
        kind: 'articles',
        articles: reply.articles.map((article) => ({ ...article, pictureUrl: article.pictureUrl ?? null })),
      };
    case 'transfer':
      break;
  }
  return { kind: 'notice', text: sandboxTexts.transferred };
}
