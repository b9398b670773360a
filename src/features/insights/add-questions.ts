import type { Content, KeywordRule, Target } from '../../dialog/content-model.js';
import { foldForKeywords } from '../../text/keyword-index.js';

export interface AddedQuestions {
  content: Content;
  /** The rule that leads to the target. */
  ruleId: string;
  /** Those that the rule did not know yet. */
  added: string[];
}

/** Whether the content holds what a target names. Forms are the program's, so that none is looked up. */
export function holdsTarget(content: Content, target: Target): boolean {
  if ('reply' in target) return content.replies.some(({ id }) => id === target.reply);
  return 'node' in target && holdsNode(content.tree, target.node);
}

/** Adds questions to the rule that leads to `to`, once each; the first such rule, or a new one. */
export function addQuestions(content: Content, to: Target, questions: readonly string[]): AddedQuestions {
  const existing = content.rules.find((rule) => isSame(rule.to, to));
  const rule = existing ?? newRule(content, to);
  const known = new Set(rule.questions.map(foldForKeywords));
  const added = questions.filter((question) => {
    const folded = foldForKeywords(question);
    const isNew = folded !== '' && !known.has(folded);
    known.add(folded);
    return isNew;
  });
  const extended = { ...rule, questions: [...rule.questions, ...added] };
  const rules = existing
    ? content.rules.map((one) => (one === existing ? extended : one))
    : [...content.rules, extended];
  return { content: { ...content, rules }, ruleId: rule.id, added };
}

function newRule({ rules }: Content, to: Target): KeywordRule {
  const taken = new Set(rules.map(({ id }) => id));
  const name = targetId(to).slice(0, LONGEST_NAME).replace(/-$/, '');
  let id = name;
  for (let next = 2; taken.has(id); next += 1) id = `${name}-${next}`;
  return { id, whole: [], contains: [], patterns: [], questions: [], priority: 50, to };
}

/** An id has 64 characters; the rest is for a number. */
const LONGEST_NAME = 58;

function targetId(to: Target): string {
  if ('reply' in to) return to.reply;
  return 'node' in to ? to.node : to.form;
}

function isSame(one: Target, other: Target): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function holdsNode(nodes: Content['tree'], id: string): boolean {
  return nodes.some((node) => node.id === id || holdsNode(node.children, id));
}
