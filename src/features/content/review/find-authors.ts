import type { DraftItem, Editor } from '../draft-store.js';
import { itemKey, type ItemRef } from '../items/content-item.js';
import type { ContentChange } from '../items/diff-content.js';

/** An item that differs from the live release, and who had a hand in that. */
export interface ItemAuthors extends ItemRef {
  people: Editor[];
}

/**
 * Who has a hand in what differs from the live release, item by item: who changed it, or removed it, after the
 * draft's revision that the release came from.
 *
 * @param since that revision; 0 where the release did not come from the draft.
 */
export function findItemAuthors(
  changes: readonly ContentChange[],
  items: readonly DraftItem[],
  since: number,
): ItemAuthors[] {
  const touched = new Set(changes.map(itemKey));
  return items
    .filter((item) => touched.has(itemKey(item)))
    .map(({ kind, id, editors }) => ({
      kind,
      id,
      people: editors
        .filter(({ revision }) => revision > since)
        .map(({ staffId, name }) => ({ staffId, name })),
    }));
}

/** Everybody whom `findItemAuthors` finds, each once. */
export function findAuthors(
  changes: readonly ContentChange[],
  items: readonly DraftItem[],
  since: number,
): Editor[] {
  const people = findItemAuthors(changes, items, since).flatMap((item) => item.people);
  return [...new Map(people.map((person) => [person.staffId, person])).values()];
}
