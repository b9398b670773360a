import type { AppointmentEntryView } from '../../../api-types/appointments.js';
import { businessDay, timeOfDay, weekdayOf } from '../../../api-types/business-day.js';
import { serverNow } from '../../shared/server-clock.js';

type State = AppointmentEntryView['state'];
type TagType = 'primary' | 'success' | 'info' | 'warning' | 'danger';

export const stateTags: Readonly<Record<State, { name: string; type: TagType }>> = {
  held: { name: '填写中', type: 'info' },
  waiting: { name: '候补中', type: 'info' },
  offered: { name: '待接受', type: 'warning' },
  booked: { name: '已预约', type: 'primary' },
  arrived: { name: '已签到', type: 'success' },
  missed: { name: '爽约', type: 'danger' },
  cancelled: { name: '已取消', type: 'info' },
  closed: { name: '已停办', type: 'warning' },
  lapsed: { name: '已过期', type: 'info' },
};

/** `周一` … `周日`, as days of the week are numbered: 1 for Monday. */
export const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** `2026年11月23日 周一`. @param day `YYYY-MM-DD` */
export function sayDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日 ${weekdayNames[weekdayOf(day) - 1]}`;
}

/** `09:00–09:30`, in Beijing time. */
export function sayTimes({ startsAt, endsAt }: { startsAt: string | null; endsAt: string | null }): string {
  return startsAt && endsAt ? `${timeOfDay(Date.parse(startsAt))}–${timeOfDay(Date.parse(endsAt))}` : '';
}

/** What else the counter should know of an appointment. */
export function sayNotes(entry: AppointmentEntryView): string {
  const { arrivedAt, override, endedBecause, isExcused, timesMoved } = entry;
  return [
    arrivedAt && `${timeOfDay(Date.parse(arrivedAt))} 签到`,
    override && `窗口加约：${override}`,
    endedBecause && `原因：${endedBecause}`,
    isExcused && '爽约已免记',
    timesMoved > 0 && `改期 ${timesMoved} 次`,
  ]
    .filter((note) => typeof note === 'string' && note !== '')
    .join('；');
}

export const personUnreadable = '（密钥已更换，读不出来）';

/** Today in Beijing. */
export function today(): string {
  return businessDay(serverNow());
}
