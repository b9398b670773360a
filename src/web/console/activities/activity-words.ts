import type { ActivityDetail, ActivityPlanWire } from '../../../api-types/activities.js';
import type { Applicant } from '../../../api-types/applicants.js';
import { businessDay, timeOfDay } from '../../../api-types/business-day.js';
import { moneyInWords } from '../../../api-types/in-words.js';
import { sayDay } from '../appointments/appointment-words.js';

export type ActivityKindName = ActivityPlanWire['kind'];
type TagType = 'primary' | 'success' | 'info' | 'warning' | 'danger';

export const kindNames: Readonly<Record<ActivityKindName, string>> = {
  registration: '报名活动',
  ticketed: '售票活动',
  volunteers: '招募志愿者',
};

/** For whoever chooses what to set up. */
export const kindHints: Readonly<Record<ActivityKindName, string>> = {
  registration: '市民报名参加，可以按年龄、学校、区县分组，例如开放日、公开课、比赛。',
  ticketed: '市民付款买票，凭票入场，可以分票种，例如收费的体验课、演出。',
  volunteers: '按班次招人，每个班次有自己的时间和人数，例如护学岗、值勤点。',
};

/** What a share of the places is called. */
export const groupWords: Readonly<Record<ActivityKindName, string>> = {
  registration: '组',
  ticketed: '票种',
  volunteers: '班次',
};

export const modeNames: Readonly<Record<ActivityPlanWire['mode'], string>> = {
  first_come: '先到先得',
  lots: '抽签',
};

export const stateTags: Readonly<Record<ActivityDetail['state'], { name: string; type: TagType }>> = {
  draft: { name: '草稿', type: 'info' },
  published: { name: '已发布', type: 'success' },
  cancelled: { name: '已取消', type: 'danger' },
};

export const applicantTags: Readonly<Record<Applicant['state'], { name: string; type: TagType }>> = {
  applied: { name: '待定', type: 'warning' },
  held: { name: '待付款', type: 'warning' },
  waiting: { name: '候补中', type: 'info' },
  offered: { name: '待接受', type: 'warning' },
  confirmed: { name: '已报名', type: 'success' },
  arrived: { name: '已入场', type: 'success' },
  unsuccessful: { name: '未通过', type: 'info' },
  cancelled: { name: '已取消', type: 'info' },
  closed: { name: '活动取消', type: 'info' },
  lapsed: { name: '已过期', type: 'info' },
};

/** `待审核` or `待抽签`, `未通过` or `未中签`: what a state is called in an activity of this kind. */
export function sayApplicantState(
  state: Applicant['state'],
  { mode, needsApproval }: Pick<ActivityPlanWire, 'mode' | 'needsApproval'>,
): string {
  if (mode === 'lots' && state === 'applied') return '待抽签';
  if (mode === 'lots' && state === 'unsuccessful') return '未中签';
  return state === 'applied' && needsApproval ? '待审核' : applicantTags[state].name;
}

/** `免费` or `¥12.00`. */
export function sayFee(fen: number): string {
  return fen === 0 ? '免费' : moneyInWords(fen);
}

/** `2026年12月5日 周六 09:00–11:30`, in Beijing time; the second day only where it is another. @param times ISO 8601. */
export function sayPeriod({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  const end = sayInstant(endsAt);
  const day = sayDay(businessDay(Date.parse(startsAt)));
  return end.startsWith(day)
    ? `${sayInstant(startsAt)}–${timeOfDay(Date.parse(endsAt))}`
    : `${sayInstant(startsAt)} 至 ${end}`;
}

/** `2026年12月5日 周六 09:00`, in Beijing time. @param at ISO 8601. */
export function sayInstant(at: string): string {
  const instant = Date.parse(at);
  return `${sayDay(businessDay(instant))} ${timeOfDay(instant)}`;
}
