import type { Reply } from '../core/messages.js';
import type { Fact, GuideReply, ReplyContent } from './content-model.js';
import { phrases } from './phrases.js';

/** A reply as clerks write it, as the citizen gets it. Knows no expiry and no place in the menu. */
export function renderReply(reply: ReplyContent): Reply {
  switch (reply.type) {
    case 'text':
      return { kind: 'text', text: reply.text };
    case 'guide':
      return { kind: 'text', text: renderGuide(reply) };
    case 'articles':
      return {
        kind: 'articles',
        articles: reply.articles.map(({ pictureUrl, ...article }) => ({
          ...article,
          ...(pictureUrl === undefined ? {} : { pictureUrl }),
        })),
      };
    case 'image':
    case 'voice':
      return { kind: reply.type, mediaId: reply.mediaId };
    case 'video':
      return { kind: 'video', mediaId: reply.mediaId, title: reply.title, description: reply.description };
    case 'music': {
      const { title, description, url, hqUrl, thumbMediaId } = reply;
      return {
        kind: 'music',
        title,
        description,
        url,
        thumbMediaId,
        ...(hqUrl === undefined ? {} : { hqUrl }),
      };
    }
    case 'transfer':
      break;
  }
  const { staffAccount } = reply;
  return { kind: 'transfer', ...(staffAccount === undefined ? {} : { staffAccount }) };
}

/** The answer in the first line, then what to bring and to do, then the facts; whatever is not known is left out. */
function renderGuide(guide: GuideReply): string {
  const facts = [
    fact(phrases.fee, guide.fee),
    fact(phrases.time, guide.time),
    fact(phrases.place, guide.place),
    fact(phrases.phone, guide.phone),
    fact(phrases.online, guide.online && renderLink(guide.online)),
  ];
  const provenance = [
    fact(phrases.legal, guide.legal.length > 0 ? guide.legal.join('；') : undefined),
    fact(phrases.reviewed, guide.reviewed),
  ];
  return [
    guide.summary,
    numbered(phrases.materials, guide.materials),
    numbered(phrases.steps, guide.steps),
    lines(facts),
    numbered(phrases.notes, guide.notes),
    lines(provenance),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function numbered(heading: string, items: readonly string[]): string {
  const [only] = items;
  if (only === undefined) return '';
  if (items.length === 1) return `${heading}：${only}`;
  return [`${heading}：`, ...items.map((item, index) => `${index + 1}. ${item}`)].join('\n');
}

function fact(heading: string, value: Fact | undefined): string {
  if (value === undefined) return '';
  return `${heading}：${typeof value === 'string' ? value : value.bureau}`;
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function renderLink({ title, url }: { title: string; url?: string | undefined }): string {
  return url === undefined ? title : `<a href="${url.replaceAll('"', '%22')}">${title}</a>`;
}
