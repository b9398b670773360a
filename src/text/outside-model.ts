import { learnWeights, weighFeatures } from './learn-weights.js';
import { isWeakWord } from './weak-words.js';

/**
 * Whether a text is about what a content answers at all, by its words: learned from the ways of asking that the content
 * has, and from questions of which it says that they are not its business.
 */
export interface OutsideModel {
  /** In log-odds, at even chances: positive speaks for another business. Words that nobody has seen say nothing. */
  weigh(words: readonly string[]): number;
}

/** Fewer questions would teach little but their own words. */
const ENOUGH_OUTSIDE = 20;
/** Ways of asking that are looked at, spread over all; more would cost a large content more than they tell. */
const MOST_INSIDE = 8_000;
const EPOCHS = 20;

/** Learns from the words of the ways of asking inside and outside, a slice at a time. */
export function* learnOutside(
  inside: readonly (readonly string[])[],
  outside: readonly (readonly string[])[],
): Generator<undefined, OutsideModel> {
  if (outside.length < ENOUGH_OUTSIDE) return { weigh: () => NOTHING_KNOWN };
  const stride = Math.max(1, inside.length / MOST_INSIDE);
  const chosen = Array.from({ length: Math.min(inside.length, MOST_INSIDE) }, (_, index) =>
    toExample(inside[Math.floor(index * stride)] ?? [], false),
  );
  const examples = [...chosen, ...outside.map((words) => toExample(words, true))];
  const weights = yield* learnWeights(examples, {
    epochs: EPOCHS,
    weightOfPositive: chosen.length / outside.length,
    leastExamples: 1,
  });
  return { weigh: (words) => weighFeatures(new Set(words.filter(isTelling)), weights) };
}

/** As of a text that is plainly inside: who lists nothing as outside wants everything answered. */
const NOTHING_KNOWN = -4;

function toExample(words: readonly string[], isPositive: boolean) {
  return { features: [...new Set(words.filter(isTelling))], isPositive };
}

function isTelling(word: string): boolean {
  return TELLING.test(word) && !isWeakWord(word);
}

const TELLING = /[\p{L}\p{N}]/u;
