import type { Target } from '../../dialog/content-model.js';
import type { JournalPosition, UnansweredStream } from '../conversations/unanswered-reader.js';
import type { UnansweredDecision, UnansweredGroup, UnansweredState, Wording } from './unanswered.js';

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

export interface Progress {
  stream: UnansweredStream;
  from: JournalPosition;
  to: JournalPosition;
}

/** The groups of unanswered questions, and how far the journal has been counted into them. */
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
   * Counts and moves the position, both or neither.
   * @returns false, with nothing written, when the position is not `from` any more: somebody else counted.
   */
  record(progress: Progress, tallies: readonly WordingTally[]): Promise<boolean>;

  find(id: string): Promise<UnansweredGroup | null>;
  /** Most messages first. */
  list(filter: UnansweredFilter, limit: number): Promise<UnansweredGroup[]>;
  /** Most frequent first. */
  listWordings(groupId: string, limit: number): Promise<Wording[]>;
  /** @returns the group afterwards; null: there is none. */
  setState(id: string, change: StateChange): Promise<UnansweredGroup | null>;
}

export interface UnansweredFilter {
  accountId?: string;
  state?: UnansweredState;
}

/** `open` has no decision. The count of messages is the group's at that moment. */
export type StateChange =
  { state: 'open' } | { state: 'attached' | 'ignored'; decision: Omit<UnansweredDecision, 'messages'> };
