import type { KeywordHit } from '../text/keyword-index.js';
import { buttonKey } from './button-key.js';
import type { Target } from './content-model.js';
import { phrases } from './phrases.js';
import { titleOf, type ReleaseRule } from './release.js';
import { renderList } from './render-list.js';
import { openTarget, showChoices, type Turn, type Visit } from './turn.js';

/** Answers a folded text that is, as a whole, a keyword. */
export function answerWhole(visit: Visit, text: string): Turn | undefined {
  const rule = visit.release.whole.get(text);
  return rule && openTarget(visit, rule.to, { step: 'whole', rule: rule.id, word: text });
}

/**
 * Answers a folded text that contains keywords: the highest priority wins, then the longest word, then the earliest
 * rule. Where equals lead to different targets, the citizen is asked which one is meant.
 */
export function answerContains(visit: Visit, text: string): Turn | undefined {
  const [best, ...others] = visit.release.contains.findAll(text).sort(byRank);
  if (best === undefined) return undefined;
  const { to, id } = best.value;
  const targets = distinctTargets([best, ...others.filter((hit) => isEqual(hit, best))]);
  if (targets.length > 1) return suggest(visit, targets, best.word);
  return openTarget(visit, to, { step: 'contains', rule: id, word: best.word });
}

type Hit = KeywordHit<ReleaseRule>;

const MOST_SUGGESTIONS = 5;

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

function suggest(visit: Visit, targets: readonly Target[], word: string): Turn {
  const shown = targets.slice(0, MOST_SUGGESTIONS).map((target, index) => ({ number: index + 1, ...target }));
  const items = shown.map((choice) => ({
    number: choice.number,
    title: titleOf(visit.release, choice) ?? '',
  }));
  const text = `${phrases.whichOne}\n${renderList(items, phrases.suggestionKeys)}`;
  return showChoices(visit, shown, text, { step: 'contains', word });
}
