import { canonicalJson } from '../../../core/canonical-json.js';
import type { AuditChange } from '../../audit/audit-event.js';
import { itemKey, type ContentItem } from '../items/content-item.js';
import type { ContentChange } from '../items/diff-content.js';
import { diffValues } from '../items/diff-values.js';
import { readLine, type FrozenItem } from '../items/frozen-content.js';

/** What changed in one item, for the audit trail. */
export function describeItemChange(before: ContentItem | null, after: ContentItem | null): AuditChange[] {
  return diffValues(toJson(before), toJson(after)).map(({ path, before, after }) => ({
    path: path.join('.'),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }));
}

/** An event of the audit trail is one document and is read by people. */
const mostChanges = 500;

/** What changed in many items; beyond the first 500 only how many more. */
export function describeChanges(changes: readonly ContentChange[]): AuditChange[] {
  const described = changes.slice(0, mostChanges).map(({ path, before, after, ...item }): AuditChange => ({
    path: [itemKey(item), ...path].join('.'),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }));
  const more = changes.length - described.length;
  return more > 0 ? [...described, { path: '*', after: { more } }] : described;
}

function toJson(item: ContentItem | null): FrozenItem['value'] | undefined {
  return item ? readLine(canonicalJson([item.kind, item.id, item.value])).value : undefined;
}
