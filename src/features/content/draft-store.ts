import type { Actor } from '../../core/actor.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Target } from '../../dialog/content-model.js';
import type { ContentItem, ItemKind, ItemRef } from './items/content-item.js';

/** Who changes content: a member of staff, the command line or the program itself. */
export type Editor = Actor['by'];

/** Where the items of a draft lie. A draft that is replaced as a whole gets a new set of items, ready beforehand. */
export interface DraftRef {
  accountId: string;
  /** Names the set of items. */
  generation: string;
}

/** What the staff of an account are working on; one per account. Its content lies in its items. */
export interface DraftHead extends DraftRef {
  /** Counts the changes, from 1. Every change goes through it, so that changes happen one after another. */
  revision: number;
  /** UTC. */
  updatedAt: Date;
  updatedBy: Editor;
  /** Number of the submission that waits for review with exactly this revision. */
  pending?: number;
}

/** An item of the draft. One that was removed stays as a trace of who removed it. */
export interface DraftItem extends ItemRef {
  /** null: removed. */
  content: ContentItem | null;
  /** Counts the changes of this item, from 1: whoever changes it says which one they started from. */
  version: number;
  /** UTC. */
  updatedAt: Date;
  updatedBy: Editor;
  /** What it was before the last change; absent: there was none. */
  previous?: ContentItem | null;
  /** Everybody who ever changed it, with the draft's revision of their last change: the authors of what differs. */
  editors: readonly (Editor & { revision: number })[];
}

export interface ItemPage {
  items: DraftItem[];
  /** Ask on with `after` set to this; null: there is no more. */
  next: string | null;
}

export interface DraftStore {
  findHead(accountId: string, tx?: Transaction): Promise<DraftHead | null>;
  /**
   * Writes a new set of items, a few at a time and outside any transaction, which could not hold so many. Nobody
   * sees it until a head names it. What is there of it already stays.
   */
  prepare(ref: DraftRef, items: readonly DraftItem[]): Promise<void>;
  /** Removes a set that no head names any more. */
  discard(ref: DraftRef): Promise<void>;
  /** Begins the draft of an account that has none. */
  begin(tx: Transaction, head: DraftHead): Promise<void>;
  /**
   * Counts one more change, which ends what is pending. Of two transactions that have read the same revision one runs
   * again.
   *
   * @param generation the set of items from now on, if it is another.
   */
  advance(tx: Transaction, head: DraftHead, by: Editor, at: Date, generation?: string): Promise<void>;
  /** Notes the submission. @returns false when the draft has changed since `revision` or another is pending. */
  setPending(tx: Transaction, accountId: string, revision: number, submission: number): Promise<boolean>;
  clearPending(tx: Transaction, accountId: string, submission: number): Promise<void>;

  find(draft: DraftRef, ref: ItemRef, tx?: Transaction): Promise<DraftItem | null>;
  /** Those of them that are there, in any order. */
  findAll(draft: DraftRef, kind: ItemKind, ids: readonly string[]): Promise<DraftItem[]>;
  /** The keyword rule that leads to a target; of several, the first by id. */
  findRuleTo(draft: DraftRef, to: Target, tx?: Transaction): Promise<DraftItem | null>;
  /**
   * Those that are there, without those removed, by id. `text` must occur in the id, in the title, or in one of the
   * words of a rule.
   */
  list(
    draft: DraftRef,
    kind: ItemKind,
    page: { limit: number; after?: string; text?: string },
  ): Promise<ItemPage>;
  /** The nodes right below these, by parent and number; null is the first level. */
  listChildren(draft: DraftRef, parents: readonly (string | null)[], tx?: Transaction): Promise<DraftItem[]>;
  /** How many nodes lie right below each; absent: none. */
  countChildren(draft: DraftRef, parents: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Every item, those removed included. What changes meanwhile may come in either state. */
  stream(draft: DraftRef): AsyncIterable<DraftItem>;
  /** Keeps a few items, whatever was there. Version 1 says that there was nothing. */
  put(tx: Transaction, draft: DraftRef, items: readonly DraftItem[]): Promise<void>;
}
