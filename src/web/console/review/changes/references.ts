import type { TargetDraft, TargetKind } from '../../draft/target.js';
import type { ListedChange } from './group-changes.js';

/** The fields that hold the id of something else, and of what. */
const referenceKinds: Readonly<Record<string, TargetKind>> = {
  node: 'node',
  parent: 'node',
  reply: 'reply',
  calm: 'reply',
  welcome: 'reply',
  fallback: 'reply',
  help: 'reply',
  handoff: 'reply',
  media: 'reply',
  location: 'reply',
  form: 'form',
};

/** What the id in a field stands for; undefined: the field holds no id. */
export function readReference(id: string, field: string | undefined): TargetDraft | undefined {
  const kind = field === undefined ? undefined : referenceKinds[field];
  return kind && { kind, id };
}

/** Everything else that changes lead to. */
export function listReferences(changes: readonly ListedChange[]): TargetDraft[] {
  return changes.flatMap(({ path, before, after }) => {
    const field = path.findLast((part) => typeof part === 'string');
    return [...findReferences(before, field), ...findReferences(after, field)];
  });
}

function findReferences(value: unknown, field?: string): TargetDraft[] {
  if (typeof value === 'string') {
    const target = readReference(value, field);
    return target ? [target] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one: unknown) => findReferences(one));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => findReferences(part, name));
}
