import { addDays, businessDay } from '../../core/business-day.js';
import {
  clockTime,
  dayInWords,
  linesOf as lines,
  monthAndDate,
  shortDayInWords,
  timeInWords,
  withinBytes,
} from '../../core/in-words.js';
import type { AppointmentState } from './appointment.js';
import type { AppointmentView } from './booking-desk.js';
import type { Service, Venue } from './offer.js';

/** An appointment with what it is called. */
export interface NamedAppointment {
  view: AppointmentView;
  /** Null: staff have removed it meanwhile. */
  service: Service | null;
  venue: Venue | null;
}

/** What the chat says about appointments. For citizens, so in Chinese; a message has at most 1,500 bytes of UTF-8. */
export const chatPhrases = {
  noServices: '现在没有可以预约的业务，请过些时候再来。',
  noVenues: '这项业务现在没有大厅可以预约，请过些时候再来。',
  noDays: '近期没有可以预约的日子，请过些时候再来。',
  noTimes: '这一天没有可以预约的时间了，请回复“预约”重新选一天。',
  noFullDays: '近期没有约满的日子，不用候补，回复“预约”就能约。',
  noneToCancel: '您现在没有可以取消的预约。',
  noneToMove: '您现在没有可以改期的预约。',
  noneOffered: '现在没有等您接受的名额。已经约好的，回复“我的预约”查看。',
  none: '您现在没有预约。回复“预约”就能约。',

  left: (count: number) => `余 ${count}`,
  full: '已满',
  fullWithWaiting: '已满，可候补',
  closed: '停办',
  notYet: '还没放号',
  keptForYou: '正为您留着',
  asItIs: '就是现在的时间',
  tooLate: '快到时间了，请直接联系大厅',

  day: dayInWords,
  shortDay: shortDayInWords,
  time: timeInWords,
  held: ({ view }: NamedAppointment) =>
    `${whenOf(view)}先为您留着${view.until ? `，请在 ${clockTime(view.until)} 前填完` : ''}。`,
  booked: (booked: NamedAppointment) => lines('预约好了。', ...detailsOf(booked), seeAgain),
  moved: (moved: NamedAppointment) => lines('改好了，原来的时间已经让出。', ...detailsOf(moved), seeAgain),
  accepted: (booked: NamedAppointment) => lines('这个名额归您了。', ...detailsOf(booked), seeAgain),
  cancelled: (named: NamedAppointment) => `已取消：${titleOf(named)}。谢谢您让出位置。`,
  waiting: (named: NamedAppointment) =>
    lines(
      `已排上候补：${titleOf(named)}。`,
      placeInLine(named.view),
      '有人退约，会按先后为您留位并通知您；收到后回复“接受”就行。不想等了，回复“取消预约”。',
    ),
  /** One line, to choose it by. */
  title: titleOf,
  mine,
} as const;

/** What citizens say for a day besides its label. @param now milliseconds since the epoch, UTC. */
export function wordsForDay(day: string, now: number): string[] {
  const date = Number(day.slice(8));
  const today = businessDay(now);
  const near = new Map([
    [today, '今天'],
    [addDays(today, 1), '明天'],
    [addDays(today, 2), '后天'],
  ]).get(day);
  return [monthAndDate(day), `${date}号`, `${date}日`, ...(near === undefined ? [] : [near])];
}

/** What citizens say for a time besides its label: 9:30, 九点半 once it is folded, 9点半. */
export function wordsForTime(startsAt: Date): string[] {
  const time = clockTime(startsAt);
  const [hour = '', minute = ''] = time.split(':');
  const spoken = { '00': [`${hour}点`, `${hour}点钟`], '30': [`${hour}点半`, `${hour}点30`] };
  return [time, ...(minute === '00' || minute === '30' ? spoken[minute] : [`${hour}点${minute}`])];
}

/** Appointments ahead, as many as one message holds. */
function mine(all: readonly NamedAppointment[]): string {
  const entries = all.map(entryOf);
  const shown = withinBytes(entries, 1_000);
  const others = entries.length - shown.length;
  return [
    ...shown,
    ...(others > 0 ? [`还有 ${others} 个，时间更晚。`] : []),
    '改时间回复“改期”，不去了回复“取消预约”。',
  ].join('\n\n');
}

function entryOf({ view, service, venue }: NamedAppointment): string {
  const { state, code } = view;
  const until = view.until && clockTime(view.until);
  return lines(
    `〔${stateNames[state]}〕${service?.name ?? unknown}`,
    whenOf(view),
    placeOf(venue),
    code === undefined ? '' : `预约码 ${code}`,
    state === 'offered' && until !== undefined ? `请在 ${until} 前回复“接受”` : '',
    state === 'waiting' ? placeInLine(view) : '',
  );
}

function titleOf({ view, service, venue }: NamedAppointment): string {
  return `${service?.name ?? unknown}，${whenOf(view)}，${venue?.name ?? unknown}`;
}

function detailsOf({ view, service, venue }: NamedAppointment): string[] {
  const { code, person } = view;
  return [
    `业务：${service?.name ?? unknown}`,
    `时间：${whenOf(view)}`,
    `地点：${placeOf(venue)}`,
    person === null ? '' : `姓名：${person.name}`,
    code === undefined ? '' : `预约码：${code}（到大厅出示）`,
    toBring(service?.materials ?? []),
  ];
}

function toBring(materials: readonly string[]): string {
  if (materials.length === 0) return '';
  const shown = withinBytes(materials, 450);
  return `请带：${shown.join('；')}${shown.length < materials.length ? '；其余请看办事指南' : ''}`;
}

function placeOf(venue: Venue | null): string {
  if (venue === null) return unknown;
  return venue.address === '' ? `${venue.name}（地址以大厅公布为准）` : `${venue.name}，${venue.address}`;
}

function placeInLine({ position }: AppointmentView): string {
  return position === undefined ? '' : `您前面有 ${position} 位。`;
}

function whenOf({ day, startsAt, endsAt }: AppointmentView): string {
  return startsAt && endsAt ? `${dayInWords(day)}${timeInWords(startsAt, endsAt)}` : dayInWords(day);
}

const unknown = '（已调整，请咨询大厅）';
const seeAgain = '回复“我的预约”随时查看，“改期”改时间，“取消预约”不去了。';

const stateNames: Readonly<Record<AppointmentState, string>> = {
  held: '填写中',
  waiting: '候补中',
  offered: '待接受',
  booked: '已预约',
  arrived: '已签到',
  missed: '爽约',
  cancelled: '已取消',
  closed: '已关闭',
  lapsed: '已过期',
};
