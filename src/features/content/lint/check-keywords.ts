import { isVote } from '../../../dialog/answer-feedback.js';
import { findCommand } from '../../../dialog/commands.js';
import type { Content, KeywordRule } from '../../../dialog/content-model.js';
import { foldForKeywords, indexKeywords } from '../../../text/keyword-index.js';
import { normaliseText } from '../../../text/normalise.js';
import { parseChoice } from '../../../text/numerals.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding, Where } from './finding.js';
import { at, type LintSubject } from './lint-subject.js';

/** One word of one rule, as written and as the dialog compares it. */
interface Keyword {
  word: string;
  folded: string;
  how: 'whole' | 'contains';
  rule: KeywordRule;
  where: Where;
}

/** Rules without words, and words in two rules. */
export function* checkRules({ content }: LintSubject): Generator<Finding> {
  for (const [index, rule] of content.rules.entries()) {
    if (wordingsOf(rule).length > 0) continue;
    const where = at('rule', rule.id, ['rules', index]);
    yield { rule: 'empty_rule', severity: 'error', where, message: findingSentences.empty_rule() };
  }
  const seen = new Map<string, Keyword>();
  for (const keyword of listKeywords(content)) {
    const { word, folded, how, where } = keyword;
    if (folded === '') {
      yield {
        rule: 'empty_keyword',
        severity: 'error',
        where,
        message: findingSentences.empty_keyword(word),
      };
      continue;
    }
    const first = seen.get(`${how} ${folded}`);
    if (first) yield describeDuplicate(keyword, first);
    else seen.set(`${how} ${folded}`, keyword);
  }
}

/** Two rules that claim one whole sentence for two targets with equal right: the outcome would be chance. */
function describeDuplicate(keyword: Keyword, first: Keyword): Finding {
  const tie = keyword.rule.priority === first.rule.priority && !sameTarget(keyword.rule, first.rule);
  return {
    rule: 'duplicate_keyword',
    severity: keyword.how === 'whole' && tie ? 'error' : 'warning',
    where: keyword.where,
    message: findingSentences.duplicate_keyword(keyword.word, first.rule.id),
  };
}

/** Words of which the dialog never gets to hear: something that goes before them always matches. */
export function* checkShadows(subject: LintSubject): Generator<Finding> {
  const keywords = [...listKeywords(subject.content)].filter(({ folded }) => folded !== '');
  yield* findCovered(keywords);
  yield* findMenuNumbers(keywords, subject);
  yield* findCommands(keywords, subject);
}

/**
 * A message that contains a word contains every part of it, so a part with a higher priority always wins.
 * With equal priority the longer word wins.
 */
function* findCovered(keywords: readonly Keyword[]): Generator<Finding> {
  const contained = keywords.filter(({ how }) => how === 'contains');
  const index = indexKeywords(contained.map((keyword) => ({ word: keyword.word, value: keyword })));
  for (const { word, folded, rule, where } of contained) {
    const stronger = index
      .findAll(folded)
      .find(
        (hit) =>
          hit.word !== folded && hit.value.rule.priority > rule.priority && !sameTarget(hit.value.rule, rule),
      );
    if (!stronger) continue;
    const message = findingSentences.keyword_covered(word, stronger.value.word, stronger.value.rule.id);
    yield { rule: 'keyword_covered', severity: 'warning', where, message };
  }
}

/** The list that a citizen saw owns bare digits, however they are written. */
function* findMenuNumbers(keywords: readonly Keyword[], { nodes }: LintSubject): Generator<Finding> {
  const numbers = new Set(nodes.map(({ node }) => node.number));
  for (const { word, how, where } of keywords) {
    if (how !== 'whole') continue;
    const first = parseChoice(word)?.[0];
    if (first === undefined || !(first === 0 || numbers.has(first))) continue;
    const message = findingSentences.keyword_is_menu_number(word);
    yield { rule: 'keyword_is_menu_number', severity: 'warning', where, message };
  }
}

function* findCommands(keywords: readonly Keyword[], { forms }: LintSubject): Generator<Finding> {
  for (const { word, folded, how, where } of keywords) {
    const text = normaliseText(word);
    if (how !== 'whole' || !(findCommand(text) || isVote(text) || forms.byWord.has(folded))) continue;
    const message = findingSentences.keyword_is_command(word);
    yield { rule: 'keyword_is_command', severity: 'warning', where, message };
  }
}

function* listKeywords(content: Content): Generator<Keyword> {
  for (const [index, rule] of content.rules.entries()) {
    for (const how of ['whole', 'contains'] as const) {
      for (const [position, word] of rule[how].entries()) {
        const where = at('rule', rule.id, ['rules', index], `${how}.${position}`);
        yield { word, folded: foldForKeywords(word), how, rule, where };
      }
    }
  }
}

/** Everything by which a rule can be found. */
function wordingsOf({ whole, contains, patterns, questions }: KeywordRule): string[] {
  return [...whole, ...contains, ...patterns, ...questions];
}

function sameTarget(one: KeywordRule, other: KeywordRule): boolean {
  return JSON.stringify(one.to) === JSON.stringify(other.to);
}
