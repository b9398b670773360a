import type { AudienceChoices, SegmentConditionView } from '../../../api-types/audience.js';

export type ConditionKind = SegmentConditionView['kind'];
/** What tells the names of tags, services and venues; undefined: not known to whoever looks. */
export type AudienceNames = Pick<AudienceChoices, 'tags' | 'services' | 'venues'> | undefined;

export const conditionTitles: Readonly<Record<ConditionKind, string>> = {
  booked: '某一天有预约',
  closed_visit: '预约因停办取消的人',
  used_service: '办过某项业务',
  tag: '有某个标签',
  district: '在某个区县',
  followed: '某段时间关注的',
};

/** A condition in which nothing is chosen yet. @param today `YYYY-MM-DD` */
export function beginCondition(kind: ConditionKind, today: string): SegmentConditionView {
  switch (kind) {
    case 'tag':
      return { kind, tagIds: [] };
    case 'followed':
      return { kind };
    case 'used_service':
      return { kind, services: [] };
    case 'booked':
    case 'closed_visit':
      return { kind, day: today };
    case 'district':
      return { kind, districts: [] };
  }
}

type Chosen = string | null | undefined;

// What is left open has no key at all: the API takes no empty choices.

export function followedBetween(from: Chosen, to: Chosen): SegmentConditionView {
  return { kind: 'followed', ...(from && { from }), ...(to && { to }) };
}

export function usedServices(services: string[], since: Chosen): SegmentConditionView {
  return { kind: 'used_service', services, ...(since && { since }) };
}

export function visitOn(
  kind: 'booked' | 'closed_visit',
  day: string,
  venue?: Chosen,
  service?: Chosen,
): SegmentConditionView {
  return { kind, day, ...(venue && { venue }), ...(service && { service }) };
}

/** What has still to be chosen; empty: nothing. */
export function missingIn(condition: SegmentConditionView): string {
  switch (condition.kind) {
    case 'tag':
      return condition.tagIds.length === 0 ? '请选标签' : '';
    case 'followed':
      return sayEnds(condition.from, condition.to);
    case 'used_service':
      return condition.services.length === 0 ? '请选事项' : '';
    case 'booked':
    case 'closed_visit':
      return condition.day === '' ? '请选日期' : '';
    case 'district':
      return condition.districts.length === 0 ? '请选区县' : '';
  }
}

function sayEnds(from: string | undefined, to: string | undefined): string {
  if (!from && !to) return '请选从哪一天，或到哪一天';
  return from && to && from > to ? '结束的日子早于开始的日子' : '';
}

/** `2026-11-23 在办证大厅有预约（身份证换领）` */
export function sayCondition(condition: SegmentConditionView, names: AudienceNames): string {
  switch (condition.kind) {
    case 'tag':
      return `有标签 ${condition.tagIds.map((id) => nameOfTag(id, names)).join(' 或 ')}`;
    case 'followed':
      return sayPeriod(condition.from, condition.to);
    case 'used_service': {
      const services = condition.services.map((id) => nameIn(names?.services, id)).join(' 或 ');
      return condition.since ? `${condition.since} 以来办过或约过 ${services}` : `办过或约过 ${services}`;
    }
    case 'booked':
    case 'closed_visit': {
      const venue = condition.venue ? `在${nameIn(names?.venues, condition.venue)}` : '';
      const service = condition.service ? `（${nameIn(names?.services, condition.service)}）` : '';
      const fate = condition.kind === 'booked' ? '有预约' : '的预约因停办取消';
      return `${condition.day} ${venue}${fate}${service}`;
    }
    case 'district':
      return `在 ${condition.districts.join(' 或 ')}`;
  }
}

/** All of them; every follower where there is none. */
export function sayConditions(conditions: readonly SegmentConditionView[], names: AudienceNames): string {
  if (conditions.length === 0) return '全部关注的人';
  return conditions.map((condition) => sayCondition(condition, names)).join('，并且 ');
}

function nameIn(named: readonly { id: string; name: string }[] | undefined, id: string): string {
  return named?.find((one) => one.id === id)?.name ?? id;
}

function nameOfTag(id: number, names: AudienceNames): string {
  return names?.tags.find((tag) => tag.id === id)?.name ?? `${id} 号`;
}

function sayPeriod(from: string | undefined, to: string | undefined): string {
  if (from && to) return from === to ? `${from} 关注的` : `${from} 到 ${to} 关注的`;
  return from ? `${from} 起关注的` : `${to ?? ''} 以前关注的`;
}
