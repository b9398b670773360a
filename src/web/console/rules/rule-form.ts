import { keywordRuleSchema } from '../../../api-types/content-values.js';
import { tidyLines } from '../draft/edit-lines.js';
import { toTarget, toTargetDraft, type TargetDraft } from '../draft/target.js';

/** A keyword rule as it is typed. */
export interface RuleForm {
  id: string;
  whole: string[];
  contains: string[];
  patterns: string[];
  questions: string[];
  /** 0–100; the higher goes first. */
  priority: number;
  to: TargetDraft;
}

/** In the order in which the dialog asks them. */
export const wordings = [
  { field: 'whole', label: '整句等于', hint: '市民发来的整句就是这个词', maxlength: 30, compact: true },
  { field: 'contains', label: '句中含有', hint: '句子里有这个词就算', maxlength: 30, compact: true },
  {
    field: 'patterns',
    label: '正则表达式',
    hint: '给懂的人用；写法有误会马上指出',
    maxlength: 200,
    compact: false,
  },
  {
    field: 'questions',
    label: '市民的问法',
    hint: '整句写，意思相近的问题都会找到这里',
    maxlength: 100,
    compact: false,
  },
] as const;

export function beginRule(id: string, to: TargetDraft): RuleForm {
  return { id, whole: [], contains: [], patterns: [], questions: [], priority: 50, to };
}

/** @throws ZodError where the value is no rule. */
export function readRule(value: unknown): RuleForm {
  const { to, ...rule } = keywordRuleSchema.parse(value);
  return { ...rule, to: toTargetDraft(to) };
}

export function writeRule(form: RuleForm): Record<string, unknown> {
  const { id, priority } = form;
  const words = Object.fromEntries(wordings.map(({ field }) => [field, tidyLines(form[field])]));
  return { id, ...words, priority, to: toTarget(form.to) };
}
