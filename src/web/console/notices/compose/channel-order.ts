import type { NoticeChannelName } from '../../../../api-types/notices.js';

/** In the order in which they are offered. */
export const allChannels: readonly NoticeChannelName[] = [
  'customer_service',
  'subscription',
  'template',
  'mass',
];

/** Those that are chosen, in their order, and behind them the others. */
export function layOutChannels(
  chosen: readonly NoticeChannelName[],
): { channel: NoticeChannelName; isChosen: boolean }[] {
  const others = allChannels.filter((channel) => !chosen.includes(channel));
  return [
    ...chosen.map((channel) => ({ channel, isChosen: true })),
    ...others.map((channel) => ({ channel, isChosen: false })),
  ];
}

/** Chooses a channel as the last one, or drops it. */
export function toggleChannel(
  chosen: readonly NoticeChannelName[],
  channel: NoticeChannelName,
): NoticeChannelName[] {
  return chosen.includes(channel) ? chosen.filter((one) => one !== channel) : [...chosen, channel];
}

/** Brings a channel to where it is wanted among those that are chosen; one that is not chosen is chosen by that. */
export function placeChannel(
  chosen: readonly NoticeChannelName[],
  channel: NoticeChannelName,
  index: number,
): NoticeChannelName[] {
  const others = chosen.filter((one) => one !== channel);
  return others.toSpliced(Math.max(0, Math.min(index, others.length)), 0, channel);
}

/** The channels by which one person can try a notice: what goes to many at once is tried as a customer-service message. */
export function testChannels(chosen: readonly NoticeChannelName[]): NoticeChannelName[] {
  return [...new Set(chosen.map((channel) => (channel === 'mass' ? 'customer_service' : channel)))];
}
