import type { DraftItem, Editor } from '../draft-store.js';
import { itemKey } from '../items/content-item.js';
import type { ContentChange } from '../items/diff-content.js';

/**
 * Everybody who has a hand in what differs from the live release: who changed such an item, or removed it, after
 * the draft's revision that the release came from.
 *
 * @param since that revision; 0 where the release did not come from the draft.
 */
export function findAuthors(
  changes: readonly ContentChange[],
  items: readonly DraftItem[],
  since: number,
): Editor[] {
  const touched = new Set(changes.map(itemKey));
  const authors = new Map<string, Editor>();
  for (const item of items) {
    if (!touched.has(itemKey(item))) continue;
    for (const { staffId, name, revision } of item.editors) {
      if (revision > since) authors.set(staffId, { staffId, name });
    }
  }
  return [...authors.values()];
}
