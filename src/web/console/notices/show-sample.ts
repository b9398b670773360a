import type { NoticeForecast } from '../../../api-types/notices.js';
import type { ChatContent } from '../../../api-types/sandbox.js';

/** What a chat can show in a bubble. */
export type BubbleContent = Exclude<ChatContent, { kind: 'action' | 'notice' }>;

/** A sample as a chat shows it. @param addressOf of a picture. */
export function showSample(
  { text, pictureId, card }: Pick<NoticeForecast['samples'][number], 'text' | 'pictureId' | 'card'>,
  addressOf: (pictureId: string) => string,
): BubbleContent[] {
  if (card) return [{ kind: 'template', title: card.title, fields: card.fields, url: card.url }];
  if (pictureId !== null) return [{ kind: 'image', mediaId: pictureId, url: addressOf(pictureId) }];
  return text === null ? [] : [{ kind: 'text', text }];
}
