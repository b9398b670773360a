import type { Target } from '../../dialog/content-model.js';
import type { JournalPosition, UnansweredStream } from '../conversations/unanswered-reader.js';

/** How often one wording came up in a stretch of the journal. */
export interface WordingTally {
  accountId: string;
  groupId: string;
  /** What makes it this wording; unique within the account. */
  form: string;
  /** As it was written; personal data masked. */
  text: string;
  messages: number;
  /** A digest of each citizen who asked: the same citizen has the same within a group, and another elsewhere. */
  askers: readonly string[];
  /** UTC. */
  firstSeenAt: Date;
  lastSeenAt: Date;
  nearest: readonly Target[];
  /** When the last of its chat records may be deleted, UTC. */
  expiresAt: Date;
  /** For the group that it begins. */
  terms: readonly string[];
}

/** Where citizens stood when they asked in vain, in a stretch of the journal. */
export interface StandingTally {
  accountId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  /** Id of the node. */
  node: string;
  messages: number;
}

export interface Progress {
  stream: UnansweredStream;
  from: JournalPosition;
  to: JournalPosition;
}

/** Where unanswered questions are gathered: their groups, and how far the journal has been counted into them. */
export interface UnansweredStore {
  /** Takes or keeps the right to collect, for `leaseMs` from now by the store's clock. False: another has it. */
  takeLease(owner: string, leaseMs: number): Promise<boolean>;
  /** Gives the right back at once. */
  endLease(owner: string): Promise<void>;
  /** How far the journal has been counted; `beginning` where that has not begun. */
  findPosition(stream: UnansweredStream, beginning: JournalPosition): Promise<JournalPosition>;
  /** The group of each form that is known. */
  findGroupsOf(accountId: string, forms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The groups that share most terms, at most `limit`. */
  findSimilar(
    accountId: string,
    terms: readonly string[],
    limit: number,
  ): Promise<{ id: string; terms: readonly string[] }[]>;
  /**
   * Counts and moves the position, all or nothing.
   * @returns false, with nothing written, when the position is not `from` any more: somebody else counted.
   */
  record(
    progress: Progress,
    tallies: readonly WordingTally[],
    standings?: readonly StandingTally[],
  ): Promise<boolean>;
}
