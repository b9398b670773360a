import type { SpellingIndex } from './spelling.js';

/** The words that a content knows, beside those of ordinary Chinese. */
export interface Vocabulary {
  has(word: string): boolean;
  /** How long a word that begins with these two UTF-16 units may be; 0: none does. */
  longestFrom(first: number, second: number): number;
  readonly spelling: SpellingIndex;
}

/**
 * @param longest in UTF-16 units: longer words are known only where ordinary Chinese has them too.
 */
export function indexVocabulary(
  words: Pick<ReadonlySet<string>, 'has' | 'keys'>,
  longest: number,
  spelling: SpellingIndex,
): Vocabulary {
  const lengths = new Uint16Array(BUCKETS);
  for (const word of words.keys()) {
    if (word.length < 2 || word.length > longest) continue;
    const bucket = bucketOf(word.charCodeAt(0), word.charCodeAt(1));
    lengths[bucket] = Math.max(lengths[bucket] ?? 0, word.length);
  }
  return {
    has: (word) => words.has(word),
    longestFrom: (first, second) => lengths[bucketOf(first, second)] ?? 0,
    spelling,
  };
}

/** Pairs that share a bucket cost a look-up in vain. */
const BUCKETS = 1 << 16;

function bucketOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37_79b1) >>> 16) ^ second;
}
