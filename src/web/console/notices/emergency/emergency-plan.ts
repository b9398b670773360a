import type { NoticeForecast, NoticePlanView } from '../../../../api-types/notices.js';
import { channelNames, sayCount } from '../notice-words.js';
import { beginForm, writePlan, type NoticeForm } from '../compose/notice-form.js';

/**
 * An emergency notice to everyone: to many at once, and to those who have had their messages of the month in their
 * chat, or by a template where one is filled in.
 */
export function emergencyForm(title: string, text: string): NoticeForm {
  return {
    ...beginForm(),
    kind: 'emergency',
    title,
    audience: { kind: 'everyone', segmentId: '', conditions: [], listId: '' },
    body: { kind: 'text', text, pictureId: '' },
    channels: ['mass', 'customer_service'],
  };
}

export function emergencyPlan(form: NoticeForm): NoticePlanView {
  const channels: NoticeForm['channels'] = [
    'mass',
    'customer_service',
    ...(form.template.templateId === '' ? [] : (['template'] as const)),
  ];
  return writePlan({ ...form, channels });
}

/** What the author confirms: how many, and by which channels with how many calls. */
export function sayReach(
  { recipients, cost }: Pick<NoticeForecast, 'recipients' | 'cost'>,
  plan: NoticePlanView,
): string {
  const people = recipients === null ? '全部关注的人' : `全部关注的 ${sayCount(recipients)} 人`;
  const massCalls = cost.find(({ channel }) => channel === 'mass')?.calls;
  const [first, ...others] = plan.channels.map((channel) =>
    channel === 'mass' && massCalls !== undefined
      ? `${channelNames[channel]} ${sayCount(massCalls)} 次`
      : channelNames[channel],
  );
  return `发给${people}：先${first}，群发不到的人再试${others.join('、')}`;
}
