import { businessDay } from '../../../core/business-day.js';
import { UserError } from '../../../core/errors.js';
import type { Service } from '../offer.js';

/** What the desk refuses, and what it says to whoever asked; with the HTTP status. */
const refusals = {
  no_such_slot: [404, '没有这个时段，请重新选择'],
  slot_full: [409, '这个时段刚刚约满了，请换一个时段'],
  slot_closed: [409, '这个时段已停止办理，请换一个时段'],
  slot_over: [409, '这个时段已经不能预约了，请选晚一点的时段'],
  slot_not_yet: [409, '这个时段还没有开放预约，请过些时候再来'],
  service_paused: [409, '这项业务暂停预约，请过些时候再来'],
  no_such_appointment: [404, '没有找到这个预约'],
  hold_lapsed: [409, '为您保留的时段已超过十分钟，请重新选择'],
  offer_lapsed: [409, '这个候补名额已过了保留时间'],
  consent_missing: [400, '请先阅读并同意个人信息使用说明'],
  person_limit: [409, '您的预约次数已达上限'],
  person_busy: [409, '您在这个时间已经有一个预约了'],
  person_blocked: [403, '您暂时不能预约这项业务'],
  too_late_to_change: [409, '离预约时间太近，已不能自行取消或改期，请直接联系大厅'],
  not_changeable: [409, '这个预约现在不能这样改'],
  places_left: [409, '这一天还有空位，可以直接预约'],
  no_such_code: [404, '没有这个预约码'],
  already_arrived: [409, '这个预约已经签到过了'],
  not_today: [409, '这个预约不是今天的'],
  reason_missing: [400, '请写明原因'],
  bad_objection: [400, '请写明情况，最多 500 个字'],
  no_such_objection: [404, '没有这条申诉'],
  already_decided: [409, '这条申诉已经处理过了'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type RefusalCode = keyof typeof refusals;

/** @param sentence where the usual one says too little. */
export function refuse(code: RefusalCode, sentence?: string): UserError {
  const [status, usual] = refusals[code];
  return new UserError(code, sentence ?? usual, { status });
}

export function refuseLimit({ name, limit: { count, per } }: Service): UserError {
  const within = { ahead: '同时', day: '每天', month: '每月', year: '每年' }[per];
  return refuse('person_limit', `「${name}」每人${within}最多预约 ${count} 次，您已经约满了`);
}

/** @param until to the day; from then on the person may book again. */
export function refuseBlocked({ name, noShow }: Service, until: Date): UserError {
  return refuse(
    'person_blocked',
    `您在 ${noShow.withinDays} 天内有 ${noShow.count} 次约了「${name}」没有来，${dayInWords(until)}起才能再约。` +
      '如果当时有特殊情况，可以在“我的预约”里打开那次预约提出申诉',
  );
}

/** `12月3日`, in Asia/Shanghai. */
function dayInWords(at: Date): string {
  const [, month, day] = businessDay(at.getTime()).split('-').map(Number);
  return `${month}月${day}日`;
}
