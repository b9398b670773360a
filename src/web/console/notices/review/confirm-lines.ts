import type { NoticeChannelName, NoticeView } from '../../../../api-types/notices.js';
import { channelNames, sayCount } from '../notice-words.js';

/** Something that an approver agrees to, with its number. */
export interface ConfirmLine {
  key: string;
  text: string;
}

/** What must be ticked one by one before a routine notice is approved: how many, and each channel with its number. */
export function confirmLines({ size, channels }: Pick<NoticeView, 'size' | 'channels'>): ConfirmLine[] {
  if (!size) return [];
  return [
    { key: 'recipients', text: `一共 ${sayCount(reachable(size))} 人会收到` },
    ...channels.map((channel) => ({ key: channel, text: sayShare(channel, size) })),
    ...skippedLines(size),
  ];
}

/** The same as one sentence, for an emergency: one tick. */
export function sayConfirmed(notice: Pick<NoticeView, 'size' | 'channels'>): string {
  const { size, channels } = notice;
  if (!size) return '';
  const shares = channels.map((channel) => sayShare(channel, size)).join('，');
  return `发给 ${sayCount(reachable(size))} 人：${shares}`;
}

/** How many of a size can be reached by one of the channels. */
export function reachable({ byChannel }: NonNullable<NoticeView['size']>): number {
  return sum(byChannel);
}

export function countSkipped({ skipped }: NonNullable<NoticeView['size']>): number {
  return sum(skipped);
}

function sayShare(channel: NoticeChannelName, { byChannel }: NonNullable<NoticeView['size']>): string {
  return `${channelNames[channel]} ${sayCount(byChannel[channel] ?? 0)} 人`;
}

function skippedLines(size: NonNullable<NoticeView['size']>): ConfirmLine[] {
  const count = countSkipped(size);
  return count === 0 ? [] : [{ key: 'skipped', text: `有 ${sayCount(count)} 人收不到` }];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
