import type { NoticeChannelName, NoticeProgress } from '../../../../api-types/notices.js';
import type { DeliveryStateName } from '../notice-words.js';

/** In the order in which a report lists them. */
export const stateOrder: readonly DeliveryStateName[] = [
  'delivered',
  'accepted',
  'rehearsed',
  'sending',
  'waiting',
  'unknown',
  'failed',
  'refused',
  'skipped',
  'cancelled',
];

const openStates: readonly DeliveryStateName[] = ['waiting', 'sending'];

export interface ProgressSum {
  /** How many are over, whatever became of them. */
  done: number;
  /** 0–100; below 100 until the last one is over. */
  percent: number;
  states: { state: DeliveryStateName; count: number }[];
  unknown: number;
}

/** How far a notice is. */
export function sumUpProgress({ total, states }: Pick<NoticeProgress, 'total' | 'states'>): ProgressSum {
  const open = openStates.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  const done = total - open;
  return {
    done,
    percent: total === 0 ? 100 : Math.floor((done / total) * 100),
    states: stateOrder
      .map((state) => ({ state, count: states[state] ?? 0 }))
      .filter(({ count }) => count > 0),
    unknown: states.unknown ?? 0,
  };
}

export interface ChannelRow {
  channel: NoticeChannelName;
  total: number;
  counts: Partial<Record<DeliveryStateName, number>>;
}

/** The counts by channel, the largest first. */
export function groupByChannel(channels: NoticeProgress['channels']): ChannelRow[] {
  const rows = new Map<NoticeChannelName, ChannelRow>();
  for (const { channel, state, count } of channels) {
    const row = rows.get(channel) ?? { channel, total: 0, counts: {} };
    rows.set(channel, {
      channel,
      total: row.total + count,
      counts: { ...row.counts, [state]: (row.counts[state] ?? 0) + count },
    });
  }
  return [...rows.values()].sort((one, other) => other.total - one.total);
}

type MassCallView = NoticeProgress['calls'][number];

const callStates: Readonly<Record<MassCallView['state'], string>> = {
  pending: '等待',
  sending: '正在发',
  accepted: '平台已接收，等它的统计',
  reported: '平台已给统计',
  refused: '平台不收',
  unknown: '断了线，不清楚',
  cancelled: '已取消',
};

/** What became of a call to many, with what the platform counted. */
export function sayCall({
  state,
  reason,
  report,
}: Pick<MassCallView, 'state' | 'reason' | 'report'>): string {
  if (report)
    return `送达 ${report.sent}，失败 ${report.errors}，平台过滤 ${report.filtered}（共 ${report.total}）`;
  return reason === null ? callStates[state] : `${callStates[state]}：${reason}`;
}
