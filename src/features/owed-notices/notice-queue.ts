import type { OutboundChannel } from '../../core/outbound-messenger.js';
import type { ClaimedNotice, NoticeEnding } from './owed-notice.js';

/** The notices that are owed, for those who send them. A claim ends by a time in the condition. */
export interface NoticeQueue {
  /** Takes up the one that has been due longest and hides it until `hiddenUntil`; null: nothing is due. */
  claimDue(now: Date, hiddenUntil: Date): Promise<ClaimedNotice | null>;
  /**
   * Writes down that the platform is about to be asked. False: the claim is void, do not ask.
   *
   * @param said what it is asked to say; kept for staff.
   * @param maybeSentAt of a template message: the first time that it was asked for.
   */
  begin(
    notice: ClaimedNotice,
    call: { channel: OutboundChannel; said: string; leaseUntil: Date; maybeSentAt?: Date },
  ): Promise<boolean>;
  settle(notice: ClaimedNotice, ending: NoticeEnding): Promise<void>;
  /**
   * What dead senders left: a customer-service message becomes `unknown`; a template message that was first asked for
   * after `repeatableSince` is due again. @returns how many became `unknown`.
   */
  abandonExpired(now: Date, repeatableSince: Date): Promise<number>;
}
