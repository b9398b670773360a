import type { NoticeChannelName, NoticeFinding } from '../../../../api-types/notices.js';
import { channelNames } from '../notice-words.js';

type TemplateFields = readonly { keyword: string; name: string }[];

/** The steps of the page in which a notice is written. */
export type ComposeStep = 'audience' | 'content' | 'sending';

export const stepTitles: Readonly<Record<ComposeStep, string>> = {
  audience: '给谁',
  content: '说什么',
  sending: '怎么发',
};

const steps: readonly [prefix: string, step: ComposeStep][] = [
  ['audience', 'audience'],
  ['title', 'content'],
  ['content', 'content'],
  ['channels', 'sending'],
  ['sendAt', 'sending'],
  ['training', 'sending'],
  ['kind', 'sending'],
];

const fieldNames: Readonly<Record<string, string>> = {
  audience: '给谁',
  'audience.listId': '名单',
  title: '标题',
  content: '说什么',
  'content.body': '文字或图片',
  'content.body.text': '文字',
  'content.body.pictureId': '图片',
  'content.template': channelNames.template,
  'content.template.url': '模板消息的网址',
  'content.subscription': channelNames.subscription,
  'content.subscription.url': '订阅通知的网址',
  channels: '渠道',
  sendAt: '时间',
  training: '训练',
};

/** In which step of the page the field of a finding lies. */
export function stepOf(field: string): ComposeStep {
  return steps.find(([prefix]) => field === prefix || field.startsWith(`${prefix}.`))?.[1] ?? 'sending';
}

/**
 * What the field is called on the page: `文字`, `模板消息的“办理进度”`.
 * @param fieldsOf the fields of the templates that are chosen.
 */
export function sayField(
  field: string,
  fieldsOf: (channel: 'template' | 'subscription') => TemplateFields = () => [],
): string {
  const value = /^content\.(template|subscription)\.values\.(.+)$/.exec(field);
  if (value) {
    const channel = value[1] === 'template' ? 'template' : 'subscription';
    const name = fieldsOf(channel).find(({ keyword }) => keyword === value[2])?.name ?? value[2];
    return `${channelNames[channel]}的“${name}”`;
  }
  const parts = field.split('.');
  while (parts.length > 0) {
    const name = fieldNames[parts.join('.')];
    if (name !== undefined) return name;
    parts.pop();
  }
  return '整条推送';
}

/** What a channel lacks is written elsewhere than where the channel is chosen: there the finding leads. */
export function relocateFinding(
  finding: NoticeFinding,
  channels: readonly NoticeChannelName[],
): NoticeFinding {
  const channel = channels[Number(/^channels\.(\d+)$/.exec(finding.field)?.[1])];
  if (finding.code !== 'channel_without_content' || channel === undefined) return finding;
  const part = channel === 'template' || channel === 'subscription' ? channel : 'body';
  return { ...finding, field: `content.${part}` };
}

/** The findings about a field, or something within it, as one sentence; empty: there are none. */
export function faultOf(findings: readonly NoticeFinding[], field: string): string {
  return findings
    .filter((finding) => finding.severity === 'error' && isWithin(finding, field))
    .map(({ message }) => message)
    .join('；');
}

/** Errors first, then by the order of the page. */
export function sortFindings(findings: readonly NoticeFinding[]): NoticeFinding[] {
  const rank = ({ severity, field }: NoticeFinding) =>
    (severity === 'error' ? 0 : 10) + Object.keys(stepTitles).indexOf(stepOf(field));
  return findings.toSorted((one, other) => rank(one) - rank(other));
}

function isWithin({ field }: NoticeFinding, above: string): boolean {
  return field === above || field.startsWith(`${above}.`);
}
