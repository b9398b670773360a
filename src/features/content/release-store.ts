import type { Content } from '../../dialog/content-model.js';

/** A release as it is kept: written once, never changed, never deleted. */
export interface StoredRelease extends Omit<NewRelease, 'content'> {
  /** 1, 2, 3 … within the account. */
  number: number;
  /** As it was written, maybe under an older schema; `parseStoredContent` reads it. */
  content: unknown;
}

export interface NewRelease {
  accountId: string;
  /** Hash of the content; see `hashContent`. */
  hash: string;
  content: Content;
  /** UTC. */
  publishedAt: Date;
  /** Who published: the id of a member of staff, or `system`. */
  publishedBy: string;
  note: string;
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
   * Adds a release under the next number and makes it live, both or neither. Of any number of calls at once,
   * each gets a number of its own and the highest ends up live.
   */
  append(release: NewRelease, condition: AppendCondition): Promise<AppendOutcome>;
  find(accountId: string, number: number): Promise<StoredRelease | null>;
  findLive(accountId: string): Promise<LivePointer | null>;
  /** The pointers of all accounts. */
  listLive(): Promise<LivePointer[]>;
  /** Calls `onChange` after every change of a pointer that is made once this has returned. */
  watchLive(onChange: () => void): Promise<LiveWatch>;
}

export interface LiveWatch {
  /** Resolves, with the reason, when changes are no longer reported. */
  lost: Promise<unknown>;
  close(): Promise<void>;
}
