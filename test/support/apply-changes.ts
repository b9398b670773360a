import type { ContentChange } from '../../src/features/content/items/diff-content.js';
import { itemKey } from '../../src/features/content/items/content-item.js';
import type { ValueChange } from '../../src/features/content/items/diff-values.js';
import { readLine, type FrozenItem } from '../../src/features/content/items/frozen-content.js';

type Json = FrozenItem['value'];
type Holder = Record<string | number, Json>;

/** Carries changes out one after another: the oracle of what a diff says. */
export function applyChanges(value: Json | undefined, changes: readonly ValueChange[]): Json | undefined {
  return changes.reduce((current, { op, path, after }) => {
    if (path.length === 0) return after;
    const copy = structuredClone(current)!;
    const last = path.at(-1)!;
    const holder = path.slice(0, -1).reduce((place, key) => (place as Holder)[key]!, copy);
    if (!Array.isArray(holder)) {
      if (op === 'removed') delete (holder as Holder)[last];
      // Not assigned: a field may be called `__proto__`, as JSON allows.
      else
        Object.defineProperty(holder, last, {
          value: after,
          writable: true,
          enumerable: true,
          configurable: true,
        });
    } else {
      holder.splice(Number(last), op === 'added' ? 0 : 1, ...(op === 'removed' ? [] : [after!]));
    }
    return copy;
  }, value);
}

/** What frozen content becomes by a diff, as lines that say the same. */
export function applyToContent(
  lines: readonly string[],
  changes: readonly ContentChange[],
): Map<string, Json> {
  const items = new Map<string, Json>(
    lines.map(readLine).map((item): [string, Json] => [itemKey(item), item.value]),
  );
  for (const change of changes) {
    const value = applyChanges(items.get(itemKey(change)), [change]);
    if (value === undefined) items.delete(itemKey(change));
    else items.set(itemKey(change), value);
  }
  return items;
}
