import type { AnswerFitter, Reply } from '../../../core/messages.js';
import { renderReply } from '../../../dialog/render-reply.js';
import { contentLimits } from '../content-limits.js';
import { parseItem } from './parse-item.js';

export interface ReplyPreview {
  /** What a citizen who sent words gets, message by message. */
  messages: readonly Reply[];
  /** UTF-8, of the text before it is cut into messages; null where the reply is no text. */
  bytes: number | null;
  /** WeChat: what one text message holds. */
  limitBytes: number;
}

/**
 * A reply as citizens get it, whether or not it is in the draft.
 * @throws UserError `invalid_item` with every fault.
 */
export function previewReply(id: string, value: unknown, fitter: AnswerFitter): ReplyPreview {
  const { kind, value: reply } = parseItem({ kind: 'reply', id }, value);
  if (kind !== 'reply') throw new TypeError('a reply was parsed as something else');
  const rendered = renderReply(reply);
  const { now, later } = fitter.fit({ kind: 'text', text: '' }, [rendered]);
  return {
    messages: now ? [now, ...later] : later,
    bytes: rendered.kind === 'text' ? Buffer.byteLength(rendered.text) : null,
    limitBytes: contentLimits.textBytes,
  };
}
