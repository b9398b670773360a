import type { RecipientFacts } from '../audience/audience-reader.js';
import type { PassedChannel } from './delivery.js';
import type { Notice, NoticeChannel } from './notice.js';

/** Which channels are open to a recipient, in the notice's order, and why others are not. */
export interface ChannelPlan {
  open: readonly NoticeChannel[];
  passed: readonly PassedChannel[];
}

/** Decides beforehand by which channels recipients can be reached: windows, consents, the ledger of mass messages. */
export interface ChannelPlanner {
  /** One plan for each recipient, in their order. An empty `open`: the recipient is skipped, `passed` says why. */
  plan(
    notice: Pick<Notice, 'accountId' | 'channels' | 'content'>,
    recipients: readonly RecipientFacts[],
  ): Promise<ChannelPlan[]>;
}
