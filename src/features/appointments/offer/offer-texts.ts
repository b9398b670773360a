import type { OfferKind } from './offer-item.js';

/** What the offer says to staff and to citizens. */
export const offerTexts = {
  /** Why somebody waits in vain for a day that is closed altogether. */
  closedDay: '当天停止办理',
  /** Why a slot is closed that no schedule has any more. */
  rescheduled: '服务时间调整',
  kinds: {
    service: '预约事项',
    venue: '办事大厅',
    schedule: '放号安排',
    closure: '停办',
    calendar: '节假日安排',
  } satisfies Record<OfferKind, string>,
  noSuch: (what: string) => `没有找到这个${what}，可能已被删除`,
  versionConflict: (name: string) => `${name} 刚刚改过这一项，请先查看再修改`,
  gone: '这一项刚刚被同事删除，请刷新后再看',
  serviceInUse: '还有大厅在办这个事项，请先删除放号安排',
  venueInUse: '这个大厅还有放号安排，请先删除放号安排',
  wouldClose: (count: number) => `这样改会让 ${count} 个已预约的名额失效，确认后市民会收到通知`,
  unknownService: '没有这个预约事项',
  unknownVenue: '没有这个办事大厅',
  dayOver: '这一天已经过去',
  notAll: '顺序里要列出全部项目，每项一次',
} as const;
