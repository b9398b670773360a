import type { Delivery, DeliveryState } from '../delivery.js';
import { deskTexts } from '../desk/desk-texts.js';
import { sayReason } from '../reason-sentences.js';

/** The records of a notice's deliveries as a table for a spreadsheet; times are those of Asia/Shanghai. */
export const deliveryColumns = [
  '序号',
  'openid',
  '结果',
  '渠道',
  '原因',
  '没有走的渠道',
  '尝试次数',
  '群发批次',
  '微信消息编号',
  '时间',
] as const;

export function toDeliveryRow(delivery: Delivery): string[] {
  const { row, openid, state, channel, reason, passed, attempts, call, messageId, updatedAt } = delivery;
  return [
    String(row + 1),
    openid,
    stateWords[state],
    channel ? deskTexts.channels[channel] : '',
    reason === undefined ? '' : sayReason(reason),
    passed.map((one) => `${deskTexts.channels[one.channel]}：${sayReason(one.reason)}`).join('；'),
    String(attempts),
    call === undefined ? '' : String(call + 1),
    messageId ?? '',
    shanghaiTime.format(updatedAt),
  ];
}

/** What a clerk calls each state. */
export const stateWords: Readonly<Record<DeliveryState, string>> = {
  waiting: '等待发送',
  sending: '正在发送',
  accepted: '微信已接收',
  delivered: '已送达',
  failed: '没有送达',
  refused: '发不了',
  unknown: '结果不明',
  skipped: '跳过',
  cancelled: '已取消',
  rehearsed: '演练，未发送',
};

const shanghaiTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});
