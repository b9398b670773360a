import type { Transaction } from '../../core/transaction-runner.js';
import type { FollowerDetails } from './follower-platform-port.js';

/** Why the account reaches nobody whom it has blocked itself (WeChat: 43019). */
export const blockedReason = 'receiver_permanent:43019';

/**
 * Keeps what the platform says of followers. Every write may be repeated without effect, and none overwrites what an
 * event of the citizen has said since: `asOf` is the instant, UTC, as of which the platform said it.
 */
export interface FollowerUpkeep {
  /** These follow. @param now when they become known, those who are new. */
  keepListed(accountId: string, openids: readonly string[], asOf: Date, now: Date): Promise<void>;
  /** Whoever was not listed as of then follows no more. @returns how many of them did until now. */
  keepLeavers(accountId: string, asOf: Date): Promise<number>;
  /** Tags, unless they were changed from here since `readAt`, and when they began to follow. */
  keepDetails(
    accountId: string,
    details: readonly FollowerDetails[],
    read: { asOf: Date; readAt: Date },
  ): Promise<void>;
  /** The account has blocked these. */
  keepBlocked(accountId: string, openids: readonly string[], asOf: Date): Promise<void>;
  /** Whoever counted as blocked, and was not as of then, can be reached again. */
  forgetBlocked(accountId: string, asOf: Date): Promise<void>;

  addTag(change: TagChange, tx?: Transaction): Promise<void>;
  takeTag(change: TagChange, tx?: Transaction): Promise<void>;
  /** The tag is no more. */
  dropTag(accountId: string, tagId: number): Promise<void>;

  /** What the citizen chose; null: nothing any more. */
  keepDistrict(accountId: string, openid: string, district: string | null, now: Date): Promise<void>;
  /** A citizen who has followed anew since `at` stays reachable. */
  recordUnreachable(
    accountId: string,
    refusals: readonly { openid: string; reason: string; at: Date }[],
  ): Promise<void>;
}

/** What the platform has just done to these citizens. */
export interface TagChange {
  accountId: string;
  tagId: number;
  openids: readonly string[];
  now: Date;
}
