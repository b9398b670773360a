import { OperationalError, UserError } from '../../../core/errors.js';
import { massCallOpenids } from '../mass-call.js';
import type { NoticePlatform } from '../notice-platform-port.js';
import type { NoticeChannel } from '../notice.js';
import { findingSentences } from './finding-sentences.js';
import { errorAt, warningAt, type NoticeFinding } from './notice-finding.js';

/** What a plan would take of the platform's allowance for a channel. */
export interface ChannelCost {
  channel: NoticeChannel;
  /** Calls, at most. */
  calls: number;
  /** Null: the platform did not say. */
  remainingToday: number | null;
}

export function costOf(
  platform: Pick<NoticePlatform, 'readQuota'>,
  accountId: string,
  channels: readonly NoticeChannel[],
  recipients: number,
): Promise<ChannelCost[]> {
  return Promise.all(
    [...new Set(channels)].map(async (channel) => ({
      channel,
      calls: Math.ceil(recipients / perCall(channel)),
      remainingToday: await readRemaining(platform, accountId, channel),
    })),
  );
}

/** An error where all channels together are too few; a warning where one is. */
export function checkQuota(cost: readonly ChannelCost[], recipients: number): NoticeFinding[] {
  const reach = cost.map(({ channel, remainingToday }) =>
    remainingToday === null ? Infinity : remainingToday * perCall(channel),
  );
  const total = reach.reduce((sum, one) => sum + one, 0);
  if (total < recipients) {
    return [errorAt('channels', 'quota_exceeded', findingSentences.quota_exceeded(recipients, total))];
  }
  return cost.flatMap(({ channel, calls, remainingToday }, index) =>
    remainingToday === null || remainingToday >= calls
      ? []
      : [
          warningAt(
            `channels.${index}`,
            'quota_short',
            findingSentences.quota_short(channel, remainingToday),
          ),
        ],
  );
}

function perCall(channel: NoticeChannel): number {
  return channel === 'mass' ? massCallOpenids.most : 1;
}

async function readRemaining(
  platform: Pick<NoticePlatform, 'readQuota'>,
  accountId: string,
  channel: NoticeChannel,
): Promise<number | null> {
  try {
    return (await platform.readQuota(accountId, channel)).remaining;
  } catch (error) {
    // Also for an account that has no access to the platform.
    if (error instanceof OperationalError || error instanceof UserError) return null;
    throw error;
  }
}
