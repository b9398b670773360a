import { businessDay, timeOfDay } from '../../../core/business-day.js';
import type { AppointmentTemplate } from '../../../core/notice-template.js';
import type { Appointment } from '../appointment.js';
import type { AppointmentNoticeKind } from '../appointment-notice.js';
import { chatPhrases } from '../chat-phrases.js';
import type { Service, Venue } from '../offer.js';
import type { SlotView } from '../slot.js';

/** What a notice is about, with what things are called. */
export interface NoticeFacts {
  appointment: Appointment;
  /** Null: staff have removed it meanwhile. */
  service: Service | null;
  venue: Venue | null;
  /** Of a closed visit: where there are places on the next days. */
  others: readonly { venue: Venue; slot: SlotView }[];
}

/** What is said to citizens about an appointment without their asking; a message has at most 2,048 bytes. */
export function phraseNotice(kind: AppointmentNoticeKind, subject: NoticeFacts): string {
  const { appointment } = subject;
  switch (kind) {
    case 'offered':
      return lines(
        `有名额了：${whatOf(subject)}。`,
        `这个位置为您留到 ${appointment.until ? moment(appointment.until) : '今天'}，回复“接受”就归您；不需要了，回复“取消预约”让给下一位。`,
      );
    case 'closed':
      return lines(
        `很抱歉，您的预约办不成了：${whatOf(subject)}。`,
        `原因：${appointment.endedBecause ?? '大厅临时停办'}。`,
        ...otherTimes(subject),
      );
    case 'cancelled':
      return lines(
        `您的预约已由大厅取消：${whatOf(subject)}。`,
        appointment.endedBecause === undefined ? '' : `原因：${appointment.endedBecause}。`,
        '需要的话，回复“预约”重新选时间。',
      );
    case 'reminder_day':
      return lines(`提醒您，明天有预约：${whatOf(subject)}。`, ...toComeWith(subject));
    case 'reminder_hours':
      return lines(`提醒您，今天有预约：${whatOf(subject)}。`, ...toComeWith(subject));
    case 'missed':
      return lines(
        `您没有来办理，这次预约已记为爽约：${whatOf(subject)}。`,
        '如果当时有特殊情况，可以在“我的预约”里打开这次预约提出申诉。',
      );
  }
}

/** The same in a template, where a keyword holds about twenty characters. */
export function phraseTemplate(
  kind: AppointmentNoticeKind,
  { appointment, service, venue }: NoticeFacts,
): Record<keyof AppointmentTemplate['keywords'], string> {
  const { day, startsAt } = appointment;
  const [year = '', month = '', date = ''] = day.split('-');
  const time = startsAt ? ` ${timeOfDay(startsAt.getTime())}` : '';
  return {
    service: service?.name ?? '预约',
    venue: venue?.name ?? '办事大厅',
    time: `${year}年${Number(month)}月${Number(date)}日${time}`,
    note: notes[kind],
  };
}

const notes: Readonly<Record<AppointmentNoticeKind, string>> = {
  offered: '有名额了，请尽快回复“接受”',
  closed: '临时停办，请回复“预约”改约',
  cancelled: '预约已由大厅取消',
  reminder_day: '明天办理，请带齐材料',
  reminder_hours: '今天办理，请按时到场',
  missed: '未到场，已记为爽约',
};

function whatOf({ appointment, service, venue }: NoticeFacts): string {
  const { day, startsAt, endsAt } = appointment;
  const when = startsAt && endsAt ? chatPhrases.time(startsAt, endsAt) : '';
  return `${service?.name ?? '预约的业务'}，${chatPhrases.day(day)}${when}，${venue?.name ?? '办事大厅'}`;
}

function toComeWith({ appointment, service, venue }: NoticeFacts): string[] {
  const materials = service?.materials ?? [];
  return [
    venue === null || venue.address === '' ? '' : `地址：${venue.address}`,
    materials.length === 0 ? '' : `请带：${materials.slice(0, 8).join('；')}`,
    appointment.code === undefined ? '' : `预约码：${appointment.code}（到大厅出示）`,
    '来不了请回复“取消预约”，让给需要的人；想改时间，回复“改期”。',
  ];
}

function otherTimes({ others }: NoticeFacts): string[] {
  if (others.length === 0) return ['需要的话，回复“预约”重新选时间。'];
  return [
    '近几天还可以约：',
    ...others.map(
      ({ venue, slot }) =>
        `· ${chatPhrases.day(slot.day)}${chatPhrases.time(slot.startsAt, slot.endsAt)}，${venue.name}，${chatPhrases.left(slot.free)}`,
    ),
    '回复“预约”重新选时间。',
  ];
}

/** `11月25日（周三） 9:30` */
function moment(at: Date): string {
  return `${chatPhrases.day(businessDay(at.getTime()))} ${timeOfDay(at.getTime())}`;
}

function lines(...all: readonly string[]): string {
  return all.filter((line) => line !== '').join('\n');
}
