import { foldForKeywords, indexKeywordsInSlices, type KeywordIndex } from '../../text/keyword-index.js';
import { compilePattern, type Pattern } from '../../text/pattern.js';
import { simplify } from '../../text/simplify.js';
import type { KeywordRule } from '../content-model.js';
import type { ReleaseRule } from '../release.js';

/** What the rules of a release look for in a text that was folded for keywords and simplified. */
export interface Keywords {
  /** Questions too, behind all keywords: what is asked exactly so needs no search. */
  readonly whole: ReadonlyMap<string, ReleaseRule>;
  readonly contains: KeywordIndex<ReleaseRule>;
  /** By rank: what comes first wins. */
  readonly patterns: readonly RankedPattern[];
}

export interface RankedPattern {
  readonly pattern: Pattern;
  readonly rule: ReleaseRule;
}

/**
 * Compiles the keywords and patterns of rules, a slice at a time.
 * @throws UserError as `compilePattern`
 */
export function* compileKeywords(rules: readonly KeywordRule[]): Generator<undefined, Keywords> {
  const whole: Word[] = [];
  const questions: Word[] = [];
  const contains: Word[] = [];
  const patterns: RankedPattern[] = [];
  for (const [order, { id, priority, to, ...wordings }] of rules.entries()) {
    const rule = { id, order, priority, to };
    for (const word of wordings.whole) whole.push({ word: simplify(word), value: rule });
    for (const word of wordings.questions) questions.push({ word: simplify(word), value: rule });
    for (const word of wordings.contains) contains.push({ word: simplify(word), value: rule });
    for (const source of wordings.patterns) {
      patterns.push({ pattern: compilePattern(source), rule });
      yield;
    }
    if (order % SLICE === 0) yield;
  }
  return {
    whole: yield* indexWhole(whole, yield* indexWhole(questions)),
    contains: yield* indexKeywordsInSlices(contains),
    patterns: patterns.sort((a, b) => byRank(a.rule, b.rule)),
  };
}

interface Word {
  word: string;
  value: ReleaseRule;
}

const SLICE = 500;

/** Each word with the rule that wins it: one of `words` before any of those `behind` them. */
function* indexWhole(
  words: readonly Word[],
  behind: ReadonlyMap<string, ReleaseRule> = new Map(),
): Generator<undefined, Map<string, ReleaseRule>> {
  const index = new Map<string, ReleaseRule>();
  for (const [position, { word, value }] of words.entries()) {
    const folded = foldForKeywords(word);
    const other = index.get(folded);
    if (folded !== '' && (other === undefined || byRank(value, other) < 0)) index.set(folded, value);
    if (position % SLICE === 0) yield;
  }
  let added = 0;
  for (const [word, rule] of behind) {
    if (!index.has(word)) index.set(word, rule);
    added += 1;
    if (added % SLICE === 0) yield;
  }
  return index;
}

/** Which rule wins: the higher priority, then the earlier one. */
function byRank(a: ReleaseRule, b: ReleaseRule): number {
  return b.priority - a.priority || a.order - b.order;
}
