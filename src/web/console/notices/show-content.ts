import type { NoticePlanView } from '../../../api-types/notices.js';
import type { TemplateView } from './compose/use-templates.js';
import type { BubbleContent } from './show-sample.js';

export interface ShownContent {
  source: 'body' | 'template' | 'subscription';
  content: BubbleContent;
}

/** What a notice says by each of its channels, as it was written: placeholders stand as such. */
export function showContent(
  { body, template, subscription }: NoticePlanView['content'],
  { templates, addressOf }: { templates: readonly TemplateView[]; addressOf: (pictureId: string) => string },
): ShownContent[] {
  const shown: ShownContent[] = [];
  if (body)
    shown.push({
      source: 'body',
      content:
        body.kind === 'text'
          ? { kind: 'text', text: body.text }
          : { kind: 'image', mediaId: body.pictureId, url: addressOf(body.pictureId) },
    });
  if (template) shown.push({ source: 'template', content: showCard(template, templates) });
  if (subscription) shown.push({ source: 'subscription', content: showCard(subscription, templates) });
  return shown;
}

/** A template that the platform no longer has is shown by its keywords. */
function showCard(
  { templateId, values, url }: NonNullable<NoticePlanView['content']['template']>,
  templates: readonly TemplateView[],
): BubbleContent {
  const template = templates.find(({ id }) => id === templateId);
  return {
    kind: 'template',
    title: template?.title ?? '（平台上已经没有这个模板）',
    fields: Object.entries(values).map(([keyword, value]) => ({
      name: template?.fields.find((field) => field.keyword === keyword)?.name ?? keyword,
      value,
    })),
    url: url ?? null,
  };
}
