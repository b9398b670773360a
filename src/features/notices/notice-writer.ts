import type { TemplateText } from '../../core/outbound-messenger.js';
import type { NoticeBody, NoticeChannel, NoticeContent, NoticeTemplateText } from './notice.js';
import {
  parseNoticeText,
  placeholdersOf,
  renderNoticeText,
  type NoticeText,
  type RenderedText,
} from './notice-text.js';
import { checkTemplateValue } from './template-fields.js';

/** WeChat, "Send customer service message" and "Mass send": a text has at most so many bytes of UTF-8. */
export const noticeTextBytes = 2_048;

/** What one recipient is told by one channel. */
export type WrittenNotice =
  | { kind: 'body'; body: NoticeBody }
  | { kind: 'template'; template: TemplateText }
  /** @property reason `missing_value:<placeholder>`, `bad_value:<keyword>`, `text_too_long` or `no_content`. */
  | { kind: 'unfit'; reason: string };

/** Writes what a notice says to each of its recipients; the content is taken apart once. */
export class NoticeWriter {
  readonly #body: { text: NoticeText } | { picture: NoticeBody } | undefined;
  readonly #template: ParsedTemplate | undefined;
  readonly #subscription: ParsedTemplate | undefined;

  constructor({ body, template, subscription }: NoticeContent) {
    this.#body = body && (body.kind === 'text' ? { text: parseNoticeText(body.text) } : { picture: body });
    this.#template = template && parseTemplate(template);
    this.#subscription = subscription && parseTemplate(subscription);
  }

  /** @param values the recipient's own, by placeholder. */
  write(channel: NoticeChannel, values: Readonly<Record<string, string>>): WrittenNotice {
    switch (channel) {
      case 'template':
        return writeTemplate(this.#template, values);
      case 'subscription':
        return writeTemplate(this.#subscription, values);
      case 'customer_service':
      case 'mass':
        return this.#writeBody(values);
    }
  }

  /** The placeholders of what goes by this channel, each once. */
  placeholders(channel: NoticeChannel): string[] {
    if (channel === 'template') return namesIn(this.#template);
    if (channel === 'subscription') return namesIn(this.#subscription);
    return this.#body && 'text' in this.#body ? placeholdersOf(this.#body.text) : [];
  }

  #writeBody(values: Readonly<Record<string, string>>): WrittenNotice {
    if (!this.#body) return noContent;
    if ('picture' in this.#body) return { kind: 'body', body: this.#body.picture };
    const rendered = renderNoticeText(this.#body.text, values);
    if ('missing' in rendered) return unfit(rendered);
    return Buffer.byteLength(rendered.text) > noticeTextBytes
      ? { kind: 'unfit', reason: 'text_too_long' }
      : { kind: 'body', body: { kind: 'text', text: rendered.text } };
  }
}

interface ParsedTemplate {
  templateId: string;
  fields: readonly (readonly [string, NoticeText])[];
  url: string | undefined;
}

const noContent: WrittenNotice = { kind: 'unfit', reason: 'no_content' };

function parseTemplate({ templateId, values, url }: NoticeTemplateText): ParsedTemplate {
  const fields = Object.entries(values).map(([keyword, value]) => [keyword, parseNoticeText(value)] as const);
  return { templateId, fields, url };
}

function namesIn(template: ParsedTemplate | undefined): string[] {
  return [...new Set(template?.fields.flatMap(([, text]) => placeholdersOf(text)))];
}

function writeTemplate(
  template: ParsedTemplate | undefined,
  values: Readonly<Record<string, string>>,
): WrittenNotice {
  if (!template) return noContent;
  const data: Record<string, string> = {};
  for (const [keyword, text] of template.fields) {
    const rendered = renderNoticeText(text, values);
    if ('missing' in rendered) return unfit(rendered);
    if (checkTemplateValue(keyword, rendered.text)) return { kind: 'unfit', reason: `bad_value:${keyword}` };
    data[keyword] = rendered.text;
  }
  const { templateId, url } = template;
  return { kind: 'template', template: { templateId, data, ...(url !== undefined && { url }) } };
}

function unfit({ missing }: Extract<RenderedText, { missing: unknown }>): WrittenNotice {
  return { kind: 'unfit', reason: `missing_value:${missing[0] ?? ''}` };
}
