import type {
  NoticeChannelName,
  NoticeEntry,
  NoticeProgress,
  NoticeView,
} from '../../../api-types/notices.js';
import { roleNames, type Permission } from '../../../api-types/permissions.js';

type NoticeStateName = NoticeView['state'];
export type DeliveryStateName = keyof NoticeProgress['states'];
export type NoticeStageName = NonNullable<NoticeView['due']>;
type TagType = 'primary' | 'success' | 'info' | 'warning' | 'danger';

export const channelNames: Readonly<Record<NoticeChannelName, string>> = {
  customer_service: '客服消息',
  subscription: '订阅通知',
  template: '模板消息',
  mass: '群发',
};

/** When a channel works, for whoever chooses among them. */
export const channelHints: Readonly<Record<NoticeChannelName, string>> = {
  customer_service: '只能发给 48 小时内和公众号说过话的人，发文字或图片。',
  subscription: '只能发给点过同意的人，同意一次发一条，要选订阅模板。',
  template: '关注的人都能收到，要选模板，每天有总数限制，只能用于办事提醒。',
  mass: '一次最多发给一万人，每人每月最多收 4 条，所有人看到同样的文字或图片。',
};

export const kindNames = { routine: '日常', emergency: '应急' } as const;

export const stateTags: Readonly<Record<NoticeStateName, { name: string; type: TagType }>> = {
  draft: { name: '草稿', type: 'info' },
  preparing: { name: '正在准备名单', type: 'primary' },
  pending: { name: '等待审核', type: 'warning' },
  scheduled: { name: '等待发送', type: 'primary' },
  sending: { name: '发送中', type: 'primary' },
  paused: { name: '已暂停', type: 'warning' },
  finished: { name: '已发完', type: 'success' },
  cancelled: { name: '已取消', type: 'info' },
  rejected: { name: '已否决', type: 'danger' },
};

export const stageNames: Readonly<Record<NoticeStageName, string>> = {
  first: '初审',
  second: '复审',
  final: '终审',
  emergency: '应急审批',
};

export const stagePermissions: Readonly<Record<NoticeStageName, Permission>> = {
  first: 'review.first',
  second: 'review.second',
  final: 'review.final',
  emergency: 'notices.approveEmergency',
};

export const stageRoles: Readonly<Record<NoticeStageName, string>> = {
  first: roleNames.editor,
  second: roleNames.sectionHead,
  final: roleNames.leader,
  emergency: roleNames.leader,
};

export const deliveryTags: Readonly<Record<DeliveryStateName, { name: string; type: TagType }>> = {
  waiting: { name: '等待', type: 'info' },
  sending: { name: '正在发', type: 'primary' },
  accepted: { name: '平台已接收', type: 'success' },
  delivered: { name: '已送达', type: 'success' },
  failed: { name: '没有送达', type: 'danger' },
  refused: { name: '被拒绝', type: 'danger' },
  unknown: { name: '不清楚', type: 'warning' },
  skipped: { name: '没有发', type: 'info' },
  cancelled: { name: '已取消', type: 'info' },
  rehearsed: { name: '演练', type: 'success' },
};

/** Says once, for whoever reads a report, what each state means. */
export const deliveryHints: Readonly<Record<DeliveryStateName, string>> = {
  waiting: '还没有轮到',
  sending: '正在和平台说话',
  accepted: '平台收下了，还没有说是否送到',
  delivered: '平台说送到了手机上',
  failed: '平台收下了，后来说没有送到',
  refused: '平台不收，其他渠道也不行',
  unknown: '发的时候断了线，可能收到，也可能没有',
  skipped: '事先就知道发不到',
  cancelled: '取消以前没有发出',
  rehearsed: '训练：除了真正发出，都做了',
};

/** What keeps a notice, and what to do about it. */
export const holdAdvice: Readonly<
  Record<NonNullable<NoticeView['hold']>['cause'], { title: string; todo: string }>
> = {
  quiet: { title: '现在是免打扰时间', todo: '到点会自动接着发，不用管。' },
  staff: { title: '有人按了暂停', todo: '要接着发，请按“继续发送”。' },
  configuration: {
    title: '平台不接受这台服务器或这个接口',
    todo: '请联系管理员：在微信公众平台检查服务器 IP 白名单和接口权限，改好以后按“继续发送”。',
  },
  token: {
    title: '拿不到平台的访问凭证',
    todo: '请联系管理员：检查公众号的 AppSecret 是否改过，改好以后按“继续发送”。',
  },
  template: {
    title: '模板已经不能用，或内容被平台拒绝',
    todo: '请在微信公众平台检查模板。模板变了，就取消这条推送，用新模板另写一条。',
  },
  quota: {
    title: '平台给的额度用完了',
    todo: '额度恢复以后会自动接着发，不用管。急的话可以取消，换一个渠道另发。',
  },
};

/** `日常`, `应急`, with `训练` where nothing really goes out. */
export function sayKind({ kind, training }: Pick<NoticeEntry, 'kind' | 'training'>): string {
  return training ? `${kindNames[kind]} · 训练` : kindNames[kind];
}

export function sayChannels(channels: readonly NoticeChannelName[]): string {
  return channels.map((channel) => channelNames[channel]).join(' → ');
}

/** `129,874` */
export function sayCount(count: number): string {
  return count.toLocaleString('zh-CN');
}

/** `12 秒`, `3 分 20 秒`, `1 小时 5 分`. */
export function sayDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} 秒`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} 分钟` : `${minutes} 分 ${whole % 60} 秒`;
  return minutes % 60 === 0 ? `${minutes / 60} 小时` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

/** The state with the stage that is due. */
export function sayState({ state, due }: Pick<NoticeEntry, 'state' | 'due'>): string {
  return state === 'pending' && due ? `等待${stageNames[due]}` : stateTags[state].name;
}
