import { z } from 'zod';
import type { ChatContent } from '../../api-types/sandbox.js';
import { sandboxTexts } from '../sandbox-texts.js';
import { readBody, type PlatformCall } from './platform-call.js';
import { messageRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

/** What a mass message says: one card or bubble each. */
export interface MassContent {
  parts: ChatContent[];
  /** Articles and videos have a page that can be deleted. */
  isDeletable: boolean;
}

const media = z.object({ media_id: z.string() });
const bodies = {
  text: z.object({ text: z.object({ content: z.string() }) }),
  image: z.union([
    z.object({ images: z.object({ media_ids: z.array(z.string()).min(1) }) }),
    z.object({ image: media }),
  ]),
  voice: z.object({ voice: media }),
  mpvideo: z.object({
    mpvideo: z.object({
      media_id: z.string(),
      title: z.string().default(''),
      description: z.string().default(''),
    }),
  }),
  mpnews: z.object({ mpnews: media }),
  wxcard: z.object({ wxcard: z.object({ card_id: z.string() }) }),
} as const;

const typed = z.looseObject({ msgtype: z.string() });

/** @throws PlatformRefusal 40008 unknown type, 44004 empty, 45002 too long, 40007 no such material, 47001. */
export function readMassContent(call: PlatformCall): MassContent {
  const { msgtype } = readBody(call, typed);
  const read = readers[msgtype];
  if (!read) throw new PlatformRefusal(40008);
  return { parts: read(call), isDeletable: msgtype === 'mpnews' || msgtype === 'mpvideo' };
}

const readers: Readonly<Record<string, (call: PlatformCall) => ChatContent[]>> = {
  text(call) {
    const { content } = readBody(call, bodies.text).text;
    if (content === '') throw new PlatformRefusal(44004);
    if (Buffer.byteLength(content) > messageRules.textBytes) throw new PlatformRefusal(45002);
    return [{ kind: 'text', text: content }];
  },
  image(call) {
    const body = readBody(call, bodies.image);
    const ids = 'images' in body ? body.images.media_ids : [body.image.media_id];
    return ids.map((mediaId) => ({
      kind: 'image',
      mediaId,
      url: call.platform.media.urlOf(mediaId, call.now),
    }));
  },
  voice(call) {
    const { media_id: mediaId } = readBody(call, bodies.voice).voice;
    call.platform.media.urlOf(mediaId, call.now);
    return [{ kind: 'voice', mediaId }];
  },
  mpvideo(call) {
    const { media_id: mediaId, title, description } = readBody(call, bodies.mpvideo).mpvideo;
    call.platform.media.urlOf(mediaId, call.now);
    return [{ kind: 'video', mediaId, title, description }];
  },
  mpnews(call) {
    const { media_id: mediaId } = readBody(call, bodies.mpnews).mpnews;
    call.platform.media.urlOf(mediaId, call.now);
    return [
      {
        kind: 'articles',
        articles: [{ title: sandboxTexts.massArticle, description: mediaId, pictureUrl: null, url: '' }],
      },
    ];
  },
  wxcard(call) {
    const { card_id: cardId } = readBody(call, bodies.wxcard).wxcard;
    return [{ kind: 'mini_program', title: sandboxTexts.massCard, appId: '', pagePath: cardId }];
  },
};
