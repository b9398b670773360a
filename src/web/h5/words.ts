import { businessDay } from '../../api-types/business-day.js';
import type { BookableDay, CitizenAppointment } from '../../api-types/citizen-appointments.js';

const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('zh-CN', {
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: zone,
});
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export const stateWords: Readonly<Record<CitizenAppointment['state'], string>> = {
  held: '填写中',
  waiting: '候补中',
  offered: '有位待接受',
  booked: '已预约',
  arrived: '已签到',
  missed: '没有到',
  cancelled: '已取消',
  closed: '大厅停办',
  lapsed: '已过期',
};

/** `11月25日 周三`. @param day `YYYY-MM-DD` */
export function sayDay(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}月${date}日 ${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}`;
}

/** `9:00–9:30`, in Beijing time. */
export function sayTimes(startsAt: string, endsAt: string): string {
  return `${sayClock(startsAt)}–${sayClock(endsAt)}`;
}

/** `9:00`, in Beijing time. @param at ISO 8601 */
export function sayClock(at: string): string {
  return clock.format(new Date(at));
}

/** `11月25日 周三 9:00`, in Beijing time. @param at ISO 8601 */
export function sayMoment(at: string): string {
  return `${sayDay(businessDay(Date.parse(at)))} ${sayClock(at)}`;
}

/** The hour in Beijing time. */
export function isMorning(at: string): boolean {
  return Number(sayClock(at).split(':')[0]) < 12;
}

/** When one has to be there. */
export function sayWhen({ day, startsAt, endsAt }: CitizenAppointment): string {
  return startsAt && endsAt ? `${sayDay(day)} ${sayTimes(startsAt, endsAt)}` : sayDay(day);
}

/** What stands under the number of a day. */
export function sayPlaces({ state, free }: BookableDay): string {
  switch (state) {
    case 'free':
      return `余${free > 99 ? '99+' : free}`;
    case 'full':
      return '约满';
    case 'closed':
      return '休';
    case 'not_yet':
      return '未放号';
    case 'over':
      return '已过';
  }
}

/** Why nothing can be had on a day or at a time. */
export function sayWhyNot(state: BookableDay['state'], reason: string | null): string {
  switch (state) {
    case 'closed':
      return reason ? `这天不办理：${reason}` : '这天不办理';
    case 'not_yet':
      return '还没到放号的时间，请过些时候再来看';
    case 'over':
      return '已经过了可以预约的时间';
    case 'full':
      return '这个时段约满了，请换一个';
    case 'free':
      return '';
  }
}

export const addressUnknown = '地址以大厅公布为准';
