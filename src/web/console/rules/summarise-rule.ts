import { keywordRuleSchema } from '../../../api-types/content-values.js';
import { toTargetDraft, type TargetDraft } from '../draft/target.js';
import { wordings } from './rule-form.js';

export interface RuleSummary {
  /** The first few of its words; those that hold what was looked for come first. */
  words: string;
  shown: number;
  /** How many words are not shown. */
  more: number;
  priority: number | null;
  to: TargetDraft | undefined;
}

const mostShown = 6;

/** A rule in one line of a list. */
export function summariseRule(value: unknown, text = ''): RuleSummary {
  const read = keywordRuleSchema.safeParse(value);
  if (!read.success) return { words: '', shown: 0, more: 0, priority: null, to: undefined };
  const all = wordings.flatMap(({ field }) => read.data[field]);
  const found = text === '' ? [] : all.filter((word) => word.includes(text));
  const ordered = [...new Set([...found, ...all])];
  const shown = ordered.slice(0, mostShown);
  return {
    words: shown.join('、'),
    shown: shown.length,
    more: ordered.length - shown.length,
    priority: read.data.priority,
    to: toTargetDraft(read.data.to),
  };
}
