import { createBreather } from '../../../core/breather.js';
import { runGently } from '../../../core/run-gently.js';
import { sortInSlices } from '../../../core/sort-in-slices.js';
import { itemKey, titleOfItem, type ItemRef } from './content-item.js';
import { diffValues, type ValueChange } from './diff-values.js';
import { readLine } from './frozen-content.js';

/** One difference between two states of the content, in a field of an item or in a sentence of a list. */
export interface ContentChange extends ItemRef, ValueChange {
  /** Under which name a clerk knows the item. */
  title: string;
}

/**
 * What turns the one content into the other, item by item in their one order; nothing for equal ones. An item that
 * is new or gone is one change of its whole value, with an empty path. Within an item the changes are in the order
 * in which they could be carried out one after another.
 *
 * @param before lines of frozen content; see `FrozenContent`.
 */
export async function diffContent(
  before: readonly string[],
  after: readonly string[],
): Promise<ContentChange[]> {
  const breathe = createBreather();
  const gone = await indexLines(before, new Set(after));
  const come = await indexLines(after, new Set(before));
  const changes: ContentChange[] = [];
  const keys = [...new Set([...gone.keys(), ...come.keys()])];
  for (const key of await runGently(sortInSlices(keys))) {
    changes.push(...diffItem(gone.get(key), come.get(key)));
    await breathe();
  }
  return changes;
}

/** The lines that are not among `others`, by their item. */
async function indexLines(
  lines: readonly string[],
  others: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const breathe = createBreather();
  const index = new Map<string, string>();
  for (const line of lines) {
    if (others.has(line)) continue;
    index.set(itemKey(readLine(line)), line);
    await breathe();
  }
  return index;
}

function diffItem(before: string | undefined, after: string | undefined): ContentChange[] {
  const old = before === undefined ? undefined : readLine(before);
  const current = after === undefined ? undefined : readLine(after);
  const item = current ?? old;
  if (!item) return [];
  const { kind, id } = item;
  const title = titleOfItem(item);
  return diffValues(old?.value, current?.value).map((change) => ({ kind, id, title, ...change }));
}
