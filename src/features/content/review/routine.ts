import type { Content } from '../../../dialog/content-model.js';
import type { ItemKind } from '../items/content-item.js';
import type { ContentChange } from '../items/diff-content.js';
import type { ReviewStage } from './submission.js';

/** A routine fix is read by two, everything else by three. */
export function stagesFor(isRoutine: boolean): ReviewStage[] {
  return isRoutine ? ['first', 'final'] : ['first', 'second', 'final'];
}

/**
 * The fields in which the wording of what is there may be put right. Anything else weighs more: fees, times,
 * places, phones and legal bases, what leads where, settings, emergency words, and every node and reply that is new
 * or gone.
 */
const routineFields: Readonly<Partial<Record<ItemKind, readonly string[]>>> = {
  node: ['title'],
  reply: ['title', 'text', 'summary', 'materials', 'steps', 'notes', 'description', 'reviewed'],
  rule: ['whole', 'contains', 'questions'],
};

/** The replies that somebody in danger gets. */
export function emergencyReplies({ emergency }: Content): Set<string> {
  const { reply, calm, kinds } = emergency;
  return new Set([reply, ...(calm === undefined ? [] : [calm]), ...kinds.map((kind) => kind.reply)]);
}

/**
 * The changes that keep a submission from being a routine fix; none: it may be one.
 *
 * @param urgent see `emergencyReplies`.
 */
export function findWeighty(changes: readonly ContentChange[], urgent: ReadonlySet<string>): ContentChange[] {
  return changes.filter((change) => !isRoutine(change, urgent));
}

function isRoutine(change: ContentChange, urgent: ReadonlySet<string>): boolean {
  const { kind, id, path } = change;
  if (kind === 'synonyms' || kind === 'outside') return true;
  if (kind === 'reply' && urgent.has(id)) return false;
  const [field] = path;
  if (field === undefined || !routineFields[kind]?.some((one) => one === field)) return false;
  return kind === 'rule' || field === 'reviewed' || factsOf(change.before) === factsOf(change.after);
}

/** The numbers and addresses in a sentence: a sum, a telephone number or a deadline is no matter of wording. */
function factsOf(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return (text.match(/https?:\/\/[^\s"'<>]+|[\d〇零一二两三四五六七八九十百千万]+/g) ?? []).join(' ');
}
