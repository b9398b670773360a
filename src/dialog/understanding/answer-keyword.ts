import type { KeywordHit } from '../../text/keyword-index.js';
import { buttonKey } from '../button-key.js';
import type { Target } from '../content-model.js';
import type { Release, ReleaseRule } from '../release.js';
import { openTarget, type Turn, type Visit } from '../turn.js';
import type { Query } from './query.js';
import { findCandidate, findRival, isPossible, isSure, scoreOf, targetsOf } from './candidates.js';
import { rankTargets } from './rank-targets.js';
import { suggest } from './suggest.js';

/** Answers a text that is, as a whole, a keyword. */
export function answerWhole(visit: Visit, { words }: Query): Turn | undefined {
  const rule = visit.release.keywords.whole.get(words);
  return rule && openTarget(visit, rule.to, { step: 'whole', rule: rule.id, word: words });
}

/**
 * Answers a text that contains keywords: the highest priority wins, then the longest word, then the earliest rule.
 * Where equals lead to different targets, the citizen is asked which one is meant.
 */
export function answerContains(visit: Visit, query: Query): Turn | undefined {
  const [best, ...equals] = bestKeywords(visit.release, query.words);
  if (best === undefined) return undefined;
  const targets = distinctTargets([best, ...equals]);
  if (targets.length > 1) return suggest(visit, targets, { word: best.word });
  return (
    askInstead(visit, query, best.value.to) ??
    openTarget(visit, best.value.to, { step: 'contains', rule: best.value.id, word: best.word })
  );
}

/** Answers a text in which a pattern occurs: the highest priority wins, then the earliest rule. */
export function answerPattern(visit: Visit, query: Query): Turn | undefined {
  const found = findPattern(visit.release, query.words);
  if (found === undefined) return undefined;
  const { rule, pattern } = found;
  return (
    askInstead(visit, query, rule.to) ??
    openTarget(visit, rule.to, { step: 'pattern', rule: rule.id, word: pattern.source })
  );
}

/**
 * In a longer message a keyword may stand beside the question. Where the search is sure of another one, or the words
 * are those of another business, what may be meant is offered.
 */
function askInstead(visit: Visit, { words }: Query, target: Target): Turn | undefined {
  if (words.length < LONG_MESSAGE) return undefined;
  const { candidates, outside } = rankTargets(visit.release.search, words);
  const [best] = candidates;
  if (outside >= PLAINLY_OUTSIDE && (best === undefined || !isSure(best))) {
    return suggest(visit, [target, ...targetsOf(candidates)], scoreOf(candidates.slice(0, 1)));
  }
  if (words.length < LONGER_MESSAGE) return undefined;
  const mine = findCandidate(candidates, target);
  const rival = mine !== undefined && mine === best ? findRival(mine, candidates) : best;
  if (rival === undefined || rival === mine || !isSure(rival)) return undefined;
  return suggest(
    visit,
    [target, rival.target, ...targetsOf(candidates.filter(isPossible))],
    scoreOf([rival]),
  );
}

/** In log-odds. */
const PLAINLY_OUTSIDE = 1;
/** Characters, keyword included. */
const LONG_MESSAGE = 7;
const LONGER_MESSAGE = 12;

/** The one target that keywords or patterns say a text is about. */
export function findKeywordTarget(release: Release, words: string): Target | undefined {
  const rule = release.keywords.whole.get(words);
  if (rule !== undefined) return rule.to;
  const keywords = bestKeywords(release, words);
  if (keywords.length === 0) return findPattern(release, words)?.rule.to;
  const [target, ...others] = distinctTargets(keywords);
  return others.length === 0 ? target : undefined;
}

type Hit = KeywordHit<ReleaseRule>;

/** The winner and its equals. */
function bestKeywords({ keywords }: Release, words: string): Hit[] {
  const [best, ...others] = keywords.contains.findAll(words).sort(byRank);
  return best === undefined ? [] : [best, ...others.filter((hit) => isEqual(hit, best))];
}

function byRank(a: Hit, b: Hit): number {
  return (
    b.value.priority - a.value.priority || b.word.length - a.word.length || a.value.order - b.value.order
  );
}

function isEqual(a: Hit, b: Hit): boolean {
  return a.value.priority === b.value.priority && a.word.length === b.word.length;
}

function distinctTargets(hits: readonly Hit[]): Target[] {
  return [...new Map(hits.map(({ value }) => [buttonKey(value.to), value.to])).values()];
}

/** Patterns are kept by rank. */
function findPattern({ keywords }: Release, words: string) {
  return keywords.patterns.find(({ pattern }) => pattern.occursIn(words));
}
