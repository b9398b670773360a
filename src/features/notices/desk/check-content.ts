import { findSensitive, reveal, type SensitiveWords } from '../../../dialog/sensitive/sensitive-words.js';
import type { NoticeChannel, NoticePlan, NoticeTemplateText } from '../notice.js';
import type { PlatformTemplate } from '../notice-platform-port.js';
import { parseNoticeText, placeholdersOf, renderNoticeText, type NoticeText } from '../notice-text.js';
import { noticeTextBytes } from '../notice-writer.js';
import { checkTemplateValue } from '../template-fields.js';
import { findingSentences } from './finding-sentences.js';
import { errorAt, warningAt, type NoticeFinding } from './notice-finding.js';

/** What the content of a plan is held against. */
export interface ContentGround {
  /** Names for which the recipients have values. */
  placeholders: ReadonlySet<string>;
  /** The account's at the platform; null: it could not be asked. */
  templates: Readonly<Record<'template' | 'subscription', readonly PlatformTemplate[] | null>>;
  /** Words that must not go out. */
  sensitive: SensitiveWords | undefined;
  hasPicture: boolean;
}

type Content = Pick<NoticePlan, 'channels' | 'content'>;

/** What is wrong with what a plan says, and with the channels that are to say it. */
export function checkContent(plan: Content, ground: ContentGround): NoticeFinding[] {
  return [
    ...checkChannels(plan),
    ...checkBody(plan, ground),
    ...checkTemplate('template', plan.content.template, ground),
    ...checkTemplate('subscription', plan.content.subscription, ground),
  ];
}

function checkChannels({ channels, content }: Content): NoticeFinding[] {
  const findings: NoticeFinding[] = [];
  for (const [index, channel] of channels.entries()) {
    const field = `channels.${index}`;
    if (channels.indexOf(channel) < index) {
      findings.push(errorAt(field, 'channel_twice', findingSentences.channel_twice(channel)));
    } else if (!content[partOf(channel)]) {
      const message = findingSentences.channel_without_content(channel);
      findings.push(errorAt(field, 'channel_without_content', message));
    }
  }
  for (const part of parts) {
    if (!content[part] || channels.some((channel) => partOf(channel) === part)) continue;
    findings.push(warningAt(`content.${part}`, 'content_unused', findingSentences.content_unused()));
  }
  return findings;
}

const parts = ['body', 'template', 'subscription'] as const;

function partOf(channel: NoticeChannel): (typeof parts)[number] {
  return channel === 'template' || channel === 'subscription' ? channel : 'body';
}

function checkBody({ channels, content: { body } }: Content, ground: ContentGround): NoticeFinding[] {
  if (!body) return [];
  if (body.kind === 'picture') {
    return ground.hasPicture
      ? []
      : [errorAt('content.body.pictureId', 'picture_missing', findingSentences.picture_missing())];
  }
  const field = 'content.body.text';
  const text = parseNoticeText(body.text);
  const findings = checkText(field, text, ground);
  if (channels.includes('mass') && placeholdersOf(text).length > 0) {
    findings.push(errorAt(field, 'placeholder_in_mass', findingSentences.placeholder_in_mass()));
  }
  if (Buffer.byteLength(wordsOf(text)) > noticeTextBytes) {
    findings.push(errorAt(field, 'text_too_long', findingSentences.text_too_long(noticeTextBytes)));
  }
  return findings;
}

function checkTemplate(
  kind: 'template' | 'subscription',
  text: NoticeTemplateText | undefined,
  ground: ContentGround,
): NoticeFinding[] {
  if (!text) return [];
  const field = `content.${kind}`;
  const templates = ground.templates[kind];
  const template = templates?.find(({ id }) => id === text.templateId);
  const findings: NoticeFinding[] = [];
  if (!templates) {
    findings.push(
      warningAt(`${field}.templateId`, 'template_unchecked', findingSentences.template_unchecked()),
    );
  } else if (!template) {
    findings.push(
      errorAt(`${field}.templateId`, 'template_withdrawn', findingSentences.template_withdrawn()),
    );
  }
  const keywords = template?.fields.map(({ keyword }) => keyword) ?? Object.keys(text.values);
  for (const keyword of Object.keys(text.values)) {
    if (keywords.includes(keyword)) continue;
    findings.push(
      errorAt(`${field}.values.${keyword}`, 'field_unknown', findingSentences.field_unknown(keyword)),
    );
  }
  for (const keyword of keywords) {
    findings.push(...checkField(`${field}.values.${keyword}`, keyword, text.values[keyword] ?? '', ground));
  }
  return findings;
}

function checkField(field: string, keyword: string, value: string, ground: ContentGround): NoticeFinding[] {
  const text = parseNoticeText(value);
  const findings = checkText(field, text, ground);
  // What the recipients' own values make of it shows when each is written.
  const rendered = renderNoticeText(text, {});
  const fault = 'text' in rendered ? checkTemplateValue(keyword, rendered.text) : null;
  if (fault) findings.push(errorAt(field, fault.code, fault.message));
  return findings;
}

function checkText(field: string, text: NoticeText, ground: ContentGround): NoticeFinding[] {
  const findings = text.faults.map(({ code }) => errorAt(field, code, findingSentences[code]()));
  for (const name of placeholdersOf(text)) {
    if (ground.placeholders.has(name)) continue;
    findings.push(errorAt(field, 'placeholder_unknown', findingSentences.placeholder_unknown(name)));
  }
  const hits = ground.sensitive ? findSensitive(ground.sensitive, reveal(wordsOf(text))) : [];
  for (const word of new Set(hits.map((hit) => hit.word))) {
    findings.push(errorAt(field, 'sensitive_word', findingSentences.sensitive_word(word)));
  }
  return findings;
}

/** Without what the recipients' values add. */
function wordsOf({ parts }: NoticeText): string {
  return parts.map((part) => ('text' in part ? part.text : '')).join('');
}
