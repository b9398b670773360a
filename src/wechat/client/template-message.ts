import type { TemplateText } from '../../core/outbound-messenger.js';
import { keywordType, templateKeywordLimits } from '../../core/template-keywords.js';

/** A template message, in the platform's own field names ("Send template message"), without its receiver. */
export interface TemplateMessage {
  template_id: string;
  url?: string;
  /** WeChat: the same id for the same receiver within ten minutes is one message. */
  client_msg_id: string;
  data: Record<string, { value: string }>;
}

/** A subscription notification ("Send subscription notification"), without its receiver. */
export interface SubscriptionMessage {
  template_id: string;
  /** A web page, although the platform calls it so. */
  page?: string;
  data: TemplateMessage['data'];
}

export function toTemplateMessage(template: TemplateText, clientMsgId: string): TemplateMessage {
  const { templateId, url, data } = template;
  return {
    template_id: templateId,
    ...(url !== undefined && { url }),
    client_msg_id: clientMsgId,
    data: toKeywordValues(data),
  };
}

export function toSubscriptionMessage({ templateId, url, data }: TemplateText): SubscriptionMessage {
  return {
    template_id: templateId,
    ...(url !== undefined && { page: url }),
    data: toKeywordValues(data),
  };
}

function toKeywordValues(data: TemplateText['data']): TemplateMessage['data'] {
  return Object.fromEntries(
    Object.entries(data).map(([keyword, value]) => [keyword, { value: fitKeyword(keyword, value) }]),
  );
}

/**
 * A value no longer than its keyword's type allows; the platform refuses the whole message otherwise (47003). What is
 * cut ends with `…`, where the type allows that character.
 *
 * @param keyword its type with a number: `thing1`, `character_string2`. What is not known is left as it is.
 */
export function fitKeyword(keyword: string, value: string): string {
  const text = value.replaceAll(/\s+/g, ' ').trim();
  const type = keywordType(keyword);
  const most = templateKeywordLimits.get(type);
  const characters = Array.from(text);
  if (most === undefined || characters.length <= most) return text;
  return type === 'thing' ? `${characters.slice(0, most - 1).join('')}…` : characters.slice(0, most).join('');
}
