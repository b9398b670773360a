import type { SegmentConditionView } from '../../../../api-types/audience.js';
import { businessDay, instantOf, timeOfDay } from '../../../../api-types/business-day.js';
import {
  noticePlanSchema,
  type NoticeChannelName,
  type NoticeFinding,
  type NoticePlanView,
} from '../../../../api-types/notices.js';
import { missingIn } from '../../audience/condition-words.js';

/** A template filled in; without an id: none is chosen. */
export interface TemplateForm {
  templateId: string;
  values: Record<string, string>;
  url: string;
}

/** A notice as it is written: everything that was typed stays, whatever is chosen at the moment. */
export interface NoticeForm {
  kind: NoticePlanView['kind'];
  title: string;
  audience: {
    kind: NoticePlanView['audience']['kind'];
    /** The kept segment from which the conditions were taken; empty: none. */
    segmentId: string;
    conditions: SegmentConditionView[];
    listId: string;
  };
  body: { kind: 'text' | 'picture'; text: string; pictureId: string };
  template: TemplateForm;
  subscription: TemplateForm;
  channels: NoticeChannelName[];
  /** `YYYY-MM-DD HH:mm` in Asia/Shanghai; empty: at once. */
  sendAt: string;
  training: boolean;
}

const emptyTemplate = (): TemplateForm => ({ templateId: '', values: {}, url: '' });

export function beginForm(): NoticeForm {
  return {
    kind: 'routine',
    title: '',
    audience: { kind: 'segment', segmentId: '', conditions: [], listId: '' },
    body: { kind: 'text', text: '', pictureId: '' },
    template: emptyTemplate(),
    subscription: emptyTemplate(),
    channels: ['customer_service'],
    sendAt: '',
    training: false,
  };
}

export function readPlan(plan: NoticePlanView): NoticeForm {
  const { kind, title, audience, content, channels, sendAt, training } = plan;
  const form = beginForm();
  return {
    ...form,
    kind,
    title,
    training,
    channels: [...channels],
    sendAt: sendAt === null ? '' : `${businessDay(Date.parse(sendAt))} ${timeOfDay(Date.parse(sendAt))}`,
    audience: {
      ...form.audience,
      ...audience,
      segmentId: (audience.kind === 'segment' && audience.segmentId) || '',
      conditions: audience.kind === 'segment' ? [...audience.conditions] : [],
    },
    body: { ...form.body, ...content.body },
    template: readTemplate(content.template),
    subscription: readTemplate(content.subscription),
  };
}

/**
 * The plan that a form stands for: without the content that none of its channels carries. It may still lack
 * something, see `findMissing`.
 */
export function writePlan(form: NoticeForm): NoticePlanView {
  const { kind, title, audience, body, template, subscription, channels, sendAt, training } = form;
  const bodyIsWanted = channels.some((channel) => channel === 'customer_service' || channel === 'mass');
  return {
    kind,
    title: title.trim(),
    audience: writeAudience(audience),
    content: {
      ...(bodyIsWanted && hasBody(body) && { body: writeBody(body) }),
      ...(channels.includes('template') &&
        template.templateId !== '' && { template: writeTemplate(template) }),
      ...(channels.includes('subscription') &&
        subscription.templateId !== '' && { subscription: writeTemplate(subscription) }),
    },
    channels: [...channels],
    // An emergency waits for nothing.
    sendAt: kind === 'emergency' || sendAt === '' ? null : instantOfText(sendAt).toISOString(),
    training,
  };
}

/** What a form must have before the server can look at it at all. */
export function findMissing(form: NoticeForm): NoticeFinding[] {
  const { audience, channels } = form;
  const missing: NoticeFinding[] = [];
  const miss = (field: string, message: string) =>
    missing.push({ severity: 'error', code: 'missing', field, message });

  if (form.title.trim() === '') miss('title', '请写标题，同事靠它认出这条推送');
  if (audience.kind === 'segment') {
    if (audience.conditions.length === 0) miss('audience.conditions', '请选一个分组，或加一个条件');
    for (const [index, condition] of audience.conditions.entries())
      if (missingIn(condition) !== '') miss(`audience.conditions.${index}`, missingIn(condition));
  }
  if (audience.kind === 'list' && audience.listId === '') miss('audience.listId', '请上传名单');
  if (channels.length === 0) miss('channels', '请至少选一个渠道');
  return missing;
}

/** What the API would not even read: too long, or no address. The title may still be missing. */
export function findUnreadable(plan: NoticePlanView): NoticeFinding[] {
  const read = noticePlanSchema.safeParse({ ...plan, title: plan.title || untitled });
  const fields = new Set(read.error?.issues.map(({ path }) => path.join('.')));
  return [...fields].map((field) => ({
    severity: 'error',
    code: 'unreadable',
    field,
    message: field.endsWith('.url') ? '网址要写完整，以 https:// 开头' : '这里太长，或者格式不对',
  }));
}

/** Stands for the title while there is none, so that the rest can be looked at. */
export const untitled = '（还没有标题）';

function hasBody({ kind, text, pictureId }: NoticeForm['body']): boolean {
  return kind === 'text' ? text.trim() !== '' : pictureId !== '';
}

function writeBody({ kind, text, pictureId }: NoticeForm['body']): NoticePlanView['content']['body'] {
  return kind === 'text' ? { kind, text: text.trim() } : { kind, pictureId };
}

function writeAudience({
  kind,
  segmentId,
  conditions,
  listId,
}: NoticeForm['audience']): NoticePlanView['audience'] {
  switch (kind) {
    case 'everyone':
      return { kind };
    case 'segment':
      return { kind, ...(segmentId !== '' && { segmentId }), conditions: [...conditions] };
    case 'list':
      return { kind, listId };
  }
}

function readTemplate(template: NoticePlanView['content']['template']): TemplateForm {
  return template
    ? { templateId: template.templateId, values: { ...template.values }, url: template.url ?? '' }
    : emptyTemplate();
}

function writeTemplate({ templateId, values, url }: TemplateForm) {
  return { templateId, values: { ...values }, ...(url.trim() !== '' && { url: url.trim() }) };
}

function instantOfText(text: string): Date {
  const [day = '', time = ''] = text.split(' ');
  return instantOf(day, time);
}
