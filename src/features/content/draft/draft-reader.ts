import { draftBusy } from '../content-errors.js';
import type { DraftHead, DraftItem, DraftStore } from '../draft-store.js';
import type { ContentItem } from '../items/content-item.js';

/** The whole draft at one revision. */
export interface WholeDraft {
  head: DraftHead;
  /** Those removed included. */
  items: DraftItem[];
}

const mostTries = 5;

/**
 * Reads the whole draft a few items at a time, again from the beginning if it changes meanwhile.
 *
 * @returns null when there is no draft.
 * @throws UserError `draft_busy` when it keeps changing.
 */
export async function readDraft(drafts: DraftStore, accountId: string): Promise<WholeDraft | null> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const before = await drafts.findHead(accountId);
    if (!before) return null;
    const items: DraftItem[] = [];
    for await (const item of drafts.stream(before)) items.push(item);
    const head = await drafts.findHead(accountId);
    if (head?.revision === before.revision) return { head, items };
  }
  throw draftBusy();
}

/** The items that are there. */
export function contentsOf(items: readonly DraftItem[]): ContentItem[] {
  return items.flatMap(({ content }) => content ?? []);
}
