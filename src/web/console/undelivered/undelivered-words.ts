import type { Permission } from '../../../api-types/permissions.js';
import type { UndeliveredNoticeEntry, UndeliveredSubject } from '../../../api-types/undelivered-notices.js';

type TagType = 'warning' | 'danger';

interface SubjectWords {
  name: string;
  /** Heads the column that says what a notice is about. */
  which: string;
  /** Heads the page. */
  purpose: string;
  see: Permission;
  repeat: Permission;
  kinds: Readonly<Record<string, string>>;
}

export const subjectWords: Readonly<Record<UndeliveredSubject, SubjectWords>> = {
  appointments: {
    name: '预约',
    which: '哪次预约',
    purpose:
      '预约的提醒、停办、取消这些通知里，没有送到市民的。着急的请打电话；号码在“今日预约”里写明理由可以看全。',
    see: 'appointments.serve',
    repeat: 'appointments.override',
    kinds: {
      offered: '有名额了',
      closed: '大厅停办',
      cancelled: '大厅取消',
      reminder_day: '前一天的提醒',
      reminder_hours: '当天的提醒',
      missed: '记为爽约',
    },
  },
  activities: {
    name: '活动',
    which: '哪个活动',
    purpose:
      '活动的审核、抽签、变更、取消、退款这些通知里，没有送到市民的。着急的请打电话；号码在活动的报名名单里写明理由可以看全。',
    see: 'activities.serve',
    repeat: 'activities.serve',
    kinds: {
      approved: '通过审核',
      turned_down: '没有通过审核',
      drawn: '抽中',
      not_drawn: '没有抽中',
      offered: '有名额了',
      lapsed: '名额已过期',
      changed: '时间或地点有变',
      closed: '活动取消',
      cancelled: '报名被取消',
      reminder_day: '前一天的提醒',
      paid_late: '付款晚了',
      refunded: '已退款',
      refund_failed: '退款没有退成',
    },
  },
};

export function sayKind(subject: UndeliveredSubject, { kind }: Pick<UndeliveredNoticeEntry, 'kind'>): string {
  return subjectWords[subject].kinds[kind] ?? kind;
}

export const undeliveredTags: Readonly<
  Record<UndeliveredNoticeEntry['state'], { name: string; type: TagType }>
> = {
  refused: { name: '没有送到', type: 'danger' },
  failed: { name: '没有送到', type: 'danger' },
  unknown: { name: '不知道到没到', type: 'warning' },
};

/** By what the reason begins with; the first that fits. */
const reasons: readonly (readonly [beginning: string, sentence: string])[] = [
  ['receiver_window', '这位市民太久没有和公众号说话，普通消息发不出去'],
  ['no_template', '公众号没有设置这类通知的模板消息，过了时限就没法通知'],
  ['receiver_permanent', '这位市民取消了关注，或者不收公众号的消息'],
  ['not_repeatable', '发到一半断了，过了可以自动补发的时间'],
  ['the sender died', '发到一半程序断了'],
  ['content', '微信平台不接受这条消息的内容'],
  ['configuration', '公众号在微信平台的设置不对，请联系管理员'],
  ['account', '公众号被微信平台限制了，请联系管理员'],
  ['quota', '今天能发的条数用完了'],
  ['transient', '微信平台一直忙'],
  ['token', '公众号连不上微信平台，请联系管理员'],
  ['unknown_account', '这个公众号没有接到微信平台'],
  ['report:user block', '市民设置了不接收'],
  ['report:system', '微信平台自己出错了'],
  ['report:', '微信平台说没有送到'],
  ['platform_', '连不上微信平台'],
];

/** Why a message did not arrive; of what nobody has words for, the platform's own. */
export function sayWhy({ reason }: Pick<UndeliveredNoticeEntry, 'reason'>): string {
  const known = reasons.find(([beginning]) => reason.startsWith(beginning));
  return known?.[1] ?? `微信平台说：${reason || '没有说原因'}`;
}
