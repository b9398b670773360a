import type { NoticeChannel, NoticeStage, NoticeState } from '../notice.js';

/** What staff read about notices. */
export const deskTexts = {
  stages: {
    first: '初审',
    second: '复审',
    final: '终审',
    emergency: '应急审批',
  } satisfies Record<NoticeStage, string>,
  states: {
    draft: '还是草稿',
    preparing: '正在准备收件人',
    pending: '正在审核',
    scheduled: '已经批准，等待发送',
    sending: '正在发送',
    paused: '已经暂停',
    finished: '已经发完',
    cancelled: '已经取消',
    rejected: '已被否决',
  } satisfies Record<NoticeState, string>,
  channels: {
    customer_service: '客服消息',
    subscription: '订阅通知',
    template: '模板消息',
    mass: '群发',
  } satisfies Record<NoticeChannel, string>,
  copyOf: (title: string) => `${title}（副本）`.slice(0, 60),
} as const;
