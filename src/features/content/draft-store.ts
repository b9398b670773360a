import type { Content } from '../../dialog/content-model.js';

/** What the staff of an account are working on; one per account. */
export interface Draft {
  accountId: string;
  content: Content;
  /** Hash of the content; see `hashContent`. */
  hash: string;
  /** Counts the saves, from 1: whoever saves says which one they started from. */
  revision: number;
  /** UTC. */
  updatedAt: Date;
  updatedBy: string;
}

export interface DraftStore {
  /** @throws OperationalError `stored_content_unreadable` when it no longer fits the schema. */
  find(accountId: string): Promise<Draft | null>;
  /**
   * Replaces the draft whose revision is `baseRevision`; 0: there is none yet.
   *
   * @returns the new revision, or null when somebody else has saved since.
   */
  save(draft: Omit<Draft, 'revision'>, baseRevision: number): Promise<number | null>;
}
