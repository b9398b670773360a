import type { Transaction } from '../../core/transaction-runner.js';
import type { Editor } from './draft-store.js';

/** How a release came about. */
export type ReleaseOrigin =
  /** What the account began with. */
  | { kind: 'initial' }
  /** The operator's command line. */
  | { kind: 'operator' }
  | { kind: 'review'; submission: number }
  /** The content of an earlier release again. */
  | { kind: 'rollback'; to: number }
  /** The live content with one reply withdrawn. */
  | { kind: 'withdrawal'; reply: string };

export interface NewRelease {
  accountId: string;
  /** Names its frozen content. */
  hash: string;
  origin: ReleaseOrigin;
  /**
   * The draft's revision up to which all changes are in this content. Who changed an item of the draft later is an
   * author of what differs. Absent: the content did not come from the draft.
   */
  draftRevision?: number;
  /** UTC. */
  publishedAt: Date;
  publishedBy: Editor;
  /** What it is about; of a rollback or a withdrawal, its reason. */
  note: string;
}

/** A release as it is kept: written once, never changed, never deleted. */
export interface StoredRelease extends NewRelease {
  /** 1, 2, 3 … within the account. */
  number: number;
}

/** Which release of an account answers citizens: always the one with the highest number. */
export interface LivePointer {
  accountId: string;
  number: number;
  hash: string;
  /** UTC. */
  updatedAt: Date;
}

/** changed: only when its content differs from what is live. first: only when the account has no release. */
export type AppendCondition = 'changed' | 'first';

export interface AppendOutcome {
  appended: boolean;
  /** What is live now: the new release, or the one that stood against it. */
  live: LivePointer;
}

export interface ReleaseStore {
  /**
   * Adds a release under the next number and makes it live. Of any number of transactions at once, each gets a number
   * of its own and the highest ends up live.
   */
  append(tx: Transaction, release: NewRelease, condition: AppendCondition): Promise<AppendOutcome>;
  find(accountId: string, number: number): Promise<StoredRelease | null>;
  /** The newest first, from before the release `before`. */
  list(accountId: string, limit: number, before?: number): Promise<StoredRelease[]>;
  findLive(accountId: string, tx?: Transaction): Promise<LivePointer | null>;
  /** The pointers of all accounts. */
  listLive(): Promise<LivePointer[]>;
  /**
   * Calls `onChange` after every change of a pointer, and after every submission, that is made once this has returned.
   */
  watchLive(onChange: () => void): Promise<LiveWatch>;
}

export interface LiveWatch {
  /** Resolves, with the reason, when changes are no longer reported. */
  lost: Promise<unknown>;
  close(): Promise<void>;
}
