import type { Transaction } from '../../../core/transaction-runner.js';
import type { DraftRef, DraftStore } from '../draft-store.js';
import type { ItemKind } from '../items/content-item.js';

/** An id has 64 characters; the rest is for a number. */
const longestName = 58;

/** The id, or the same with a number where it is or was in use. */
export async function findFreeId(
  drafts: Pick<DraftStore, 'find'>,
  draft: DraftRef,
  kind: ItemKind,
  wanted: string,
  tx?: Transaction,
): Promise<string> {
  const name = wanted.slice(0, longestName).replace(/-$/, '');
  for (let next = 1; ; next += 1) {
    const id = next === 1 ? name : `${name}-${next}`;
    if (!(await drafts.find(draft, { kind, id }, tx))) return id;
  }
}
