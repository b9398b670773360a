import type { UndeliveredNoticeEntry } from '../../../../api-types/undelivered-notices.js';

type TagType = 'warning' | 'danger';

export const kindNames: Readonly<Record<UndeliveredNoticeEntry['kind'], string>> = {
  offered: '有名额了',
  closed: '大厅停办',
  cancelled: '大厅取消',
  reminder_day: '前一天的提醒',
  reminder_hours: '当天的提醒',
  missed: '记为爽约',
};

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
  ['no_template', '公众号没有设置预约的模板消息，过了时限就没法通知'],
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
