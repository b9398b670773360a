import { invalidItem } from '../content-errors.js';
import { explainIssues } from '../files/schema-faults.js';
import { contentItemSchema, type ContentItem, type ItemRef } from '../items/content-item.js';

/** The value that an editor sends as an item. @throws UserError `invalid_item` with every fault. */
export function parseItem({ kind, id }: ItemRef, value: unknown): ContentItem {
  const parsed = contentItemSchema.safeParse({ kind, id, value }, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = explainIssues(parsed.error.issues);
  throw invalidItem(
    faults.map((fault) => ({ ...fault, path: fault.path.slice(fault.path[0] === 'value' ? 1 : 0) })),
  );
}
