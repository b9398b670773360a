import type { PersonLimit, Schedule, Service, Venue } from '../../../../api-types/offer.js';
import { sayMinutes } from '../../../shared/say-minutes.js';
import type { Facts } from '../../shared/compare-facts.js';
import { weekdayNames } from '../appointment-words.js';
import { sayPlacesOfDay } from './places-of-day.js';

export const limitPeriods: Readonly<Record<PersonLimit['per'], string>> = {
  ahead: '同时',
  day: '每天',
  month: '每月',
  year: '每年',
};

export function describeService(service: Service): Facts {
  const { noShow, limit } = service;
  return {
    名称: service.name,
    要带的材料: service.materials.join('；'),
    提醒: service.note,
    办事指南: service.guide ?? '',
    每人限约: sayLimit(limit),
    放号: `提前 ${service.horizonDays} 天的 ${service.releasesAt}`,
    截止预约: `开始前 ${sayMinutes(service.leadMinutes)}`,
    截止取消: `开始前 ${sayMinutes(service.cancelUntilMinutes)}`,
    候补保留: sayMinutes(service.offerMinutes),
    爽约规则: `${noShow.withinDays} 天内爽约 ${noShow.count} 次，停约 ${noShow.blockDays} 天`,
    状态: service.isPaused ? '暂停预约' : '开放预约',
  };
}

export function describeVenue({ name, address, phone, note }: Venue): Facts {
  return { 名称: name, 地址: address, 电话: phone, 提醒: note };
}

export function describeSchedule(schedule: Schedule): Facts {
  return {
    星期: sayWeekdays(schedule.weekdays),
    时间: schedule.periods.map(({ from, to }) => `${from}–${to}`).join('，'),
    窗口: schedule.counters.join('、'),
    每窗口每时段: `${schedule.perCounter} 个号`,
    名额: sayPlacesOfDay(schedule),
  };
}

/** `同时最多 1 个`, `每月最多 2 次`. */
export function sayLimit({ count, per }: PersonLimit): string {
  return `${limitPeriods[per]}最多 ${count} ${per === 'ahead' ? '个' : '次'}`;
}

/** `周一至周五`, `周一、周三`. @param weekdays 1 for Monday to 7 for Sunday. */
export function sayWeekdays(weekdays: readonly number[]): string {
  const sorted = weekdays.toSorted((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const isRun = sorted.length > 2 && sorted.every((weekday, position) => weekday === first + position);
  const names = sorted.map((weekday) => weekdayNames[weekday - 1] ?? '');
  return isRun ? `${names[0]}至${names.at(-1)}` : names.join('、');
}
