import { UserError } from '../../../core/errors.js';
import type { KeywordRule } from '../../../dialog/content-model.js';
import { foldWording } from '../../../dialog/understanding/compile-search.js';
import { foldForKeywords } from '../../../text/keyword-index.js';
import { compilePattern } from '../../../text/pattern.js';
import { simplify } from '../../../text/simplify.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding } from './finding.js';
import { at, type LintSubject } from './lint-subject.js';

/** Regular expressions that cannot be used. */
export function* checkPatterns({ content }: LintSubject): Generator<Finding> {
  for (const [index, rule] of content.rules.entries()) {
    for (const [position, pattern] of rule.patterns.entries()) {
      const message = describeFault(pattern);
      if (message === null) continue;
      const where = at('rule', rule.id, ['rules', index], `patterns.${position}`);
      yield { rule: 'unusable_pattern', severity: 'error', where, message };
    }
  }
}

function describeFault(pattern: string): string | null {
  try {
    compilePattern(pattern);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Questions that are written down for two targets: neither can be the answer. */
export function* checkQuestions({ content }: LintSubject): Generator<Finding> {
  const seen = new Map<string, KeywordRule>();
  for (const [index, rule] of content.rules.entries()) {
    for (const [position, question] of rule.questions.entries()) {
      const folded = foldWording(question);
      const first = seen.get(folded) ?? rule;
      seen.set(folded, first);
      if (JSON.stringify(first.to) === JSON.stringify(rule.to)) continue;
      const where = at('rule', rule.id, ['rules', index], `questions.${position}`);
      const message = findingSentences.shared_question(question, first.id);
      yield { rule: 'shared_question', severity: 'warning', where, message };
    }
  }
}

/** Words in two groups of synonyms: only the first group counts. */
export function* checkSynonyms({ content }: LintSubject): Generator<Finding> {
  const standards = new Map<string, string>();
  for (const [index, group] of content.synonyms.entries()) {
    const [standard = ''] = group;
    for (const [position, word] of group.entries()) {
      const folded = simplify(foldForKeywords(word));
      const first = standards.get(folded) ?? standard;
      standards.set(folded, first);
      if (first === standard) continue;
      const where = at('synonyms', 'synonyms', ['synonyms'], `${index}.${position}`);
      const message = findingSentences.repeated_synonym(word, first);
      yield { rule: 'repeated_synonym', severity: 'warning', where, message };
    }
  }
}
