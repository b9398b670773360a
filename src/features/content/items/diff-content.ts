import { createBreather } from '../../../core/breather.js';
import { compareCodeUnits } from '../../../core/canonical-json.js';
import { titleOfItem, type ItemRef } from './content-item.js';
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
  const changes: ContentChange[] = [];
  for (const [old, current] of pairLines(before, after)) {
    changes.push(...diffItem(old, current));
    await breathe();
  }
  return changes;
}

/** The lines that differ, those of one item beside each other. Both lists are sorted. */
function* pairLines(
  before: readonly string[],
  after: readonly string[],
): Generator<[string | undefined, string | undefined]> {
  const gone = new Map<string, string>();
  const come = new Map<string, string>();
  const [olds, currents] = [new Set(before), new Set(after)];
  for (const line of before) if (!currents.has(line)) gone.set(headOf(line), line);
  for (const line of after) if (!olds.has(line)) come.set(headOf(line), line);
  const heads = [...new Set([...gone.keys(), ...come.keys()])].sort(compareCodeUnits);
  for (const head of heads) yield [gone.get(head), come.get(head)];
}

/** Kind and id as they stand on the line. */
function headOf(line: string): string {
  const { kind, id } = readLine(line);
  return JSON.stringify([kind, id]);
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
