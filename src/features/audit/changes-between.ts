import { canonicalJson } from '../../core/canonical-json.js';
import type { AuditChange } from './audit-event.js';

/** Which of the fields differ, with both values; a field that is absent on one side has no value there. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): AuditChange[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths]
    .filter((path) => canonicalJson(before[path]) !== canonicalJson(after[path]))
    .map((path) => ({
      path,
      ...(before[path] !== undefined && { before: before[path] }),
      ...(after[path] !== undefined && { after: after[path] }),
    }));
}
