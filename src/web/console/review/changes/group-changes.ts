import type { ChangeView, DraftDiffView, ItemKindName } from '../../../../api-types/content.js';
import type { TargetNamer } from '../../draft/target-titles.js';
import { kindNames, sayPlace, sayValue } from './field-names.js';

/** A change as the routes list it; `isWeighty` is known of the draft only. */
export type ListedChange = ChangeView & { isWeighty?: boolean };

/** One field before and after, in words. */
export interface FieldChange {
  /** Chinese; unique within the item only together with the operation. */
  place: string;
  op: ChangeView['op'];
  before: string;
  after: string;
  /** Keeps the draft from being a routine fix. */
  isWeighty: boolean;
}

/** All that changed in one item. */
export interface ItemChanges {
  key: string;
  kind: ItemKindName;
  id: string;
  title: string;
  /** Of the item as a whole: `changed` where it was there before and still is. */
  op: ChangeView['op'];
  fields: FieldChange[];
  isWeighty: boolean;
  /** Names of those who had a hand in it; empty where that is not told. */
  people: string[];
}

const kindOrder = Object.keys(kindNames);

/**
 * Changes by their item: what citizens see first, what recognises them after.
 * @param nameOf what to call that to which an id leads and which is not itself among what changed; absent: its id.
 */
export function groupChanges(
  changes: readonly ListedChange[],
  authors: DraftDiffView['authors'] = [],
  nameOf?: TargetNamer,
): ItemChanges[] {
  const people = new Map(authors.map((item) => [keyOf(item), item.people.map(({ name }) => name)]));
  const ownTitles = new Map(changes.map((change) => [keyOf(change), change.title]));
  const titleOf: TargetNamer = (target) => ownTitles.get(keyOf(target)) ?? nameOf?.(target) ?? target.id;
  const groups = new Map<string, ItemChanges>();
  for (const change of changes) {
    const { kind, id, title, op, path, isWeighty = false } = change;
    const key = keyOf(change);
    const group = groups.get(key) ?? {
      key,
      kind,
      id,
      title,
      op: path.length === 0 ? op : 'changed',
      fields: [],
      isWeighty: false,
      people: people.get(key) ?? [],
    };
    group.fields.push(...fieldsOf(change, titleOf));
    group.isWeighty ||= isWeighty;
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (one, other) => kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind),
  );
}

/** `新增 2 项，修改 3 项，删除 1 项` */
export function countChanges(groups: readonly ItemChanges[]): string {
  return opOrder
    .map((op) => ({ op, count: groups.filter((group) => group.op === op).length }))
    .filter(({ count }) => count > 0)
    .map(({ op, count }) => `${opNames[op]} ${count} 项`)
    .join('，');
}

export const opNames: Readonly<Record<ChangeView['op'], string>> = {
  added: '新增',
  changed: '修改',
  removed: '删除',
};
const opOrder = ['added', 'changed', 'removed'] as const;

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}:${id}`;
}

/** An item that is new or gone is told field by field, without what only programs need. */
function fieldsOf(
  { op, path, before, after, isWeighty = false }: ListedChange,
  nameOf: TargetNamer,
): FieldChange[] {
  const whole = after ?? before;
  if (path.length > 0 || typeof whole !== 'object' || whole === null || Array.isArray(whole)) {
    const field = path.findLast((part) => typeof part === 'string');
    const [was, is] = [sayValue(before, field, nameOf), sayValue(after, field, nameOf)];
    // Two may have one title: then only their ids show what changed.
    const sides =
      was === is
        ? { before: sayValue(before, field), after: sayValue(after, field) }
        : { before: was, after: is };
    return [{ place: sayPlace(path), op, ...sides, isWeighty }];
  }
  return Object.entries(whole)
    .map(([name, value]) => ({ name, text: sayValue(value, name, nameOf) }))
    .filter(({ name, text }) => name !== 'id' && text !== '')
    .map(({ name, text }) => ({
      place: sayPlace([name]),
      op,
      before: op === 'removed' ? text : '',
      after: op === 'added' ? text : '',
      isWeighty,
    }));
}
