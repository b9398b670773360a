import type { Transaction } from '../../core/transaction-runner.js';
import type { FollowerTag } from '../citizens/follower-platform-port.js';

/** The tags as they were heard of last. */
export interface KnownTags {
  tags: readonly FollowerTag[];
  /** When the platform said all of them, UTC; null: never yet. */
  readAt: Date | null;
}

export interface TagStore {
  find(accountId: string, tx?: Transaction): Promise<KnownTags | null>;
  keep(accountId: string, known: KnownTags, tx?: Transaction): Promise<void>;
}
