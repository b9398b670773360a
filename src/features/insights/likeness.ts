import { dropFiller } from '../../text/filler.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { cutOrdinaryWords } from '../../text/ordinary-words.js';
import { simplify } from '../../text/simplify.js';
import { isWeakWord } from '../../text/weak-words.js';
import { dropPlaceholders } from './personal-placeholders.js';

/** How questions are compared. */
export interface Likeness {
  /** One form for all normalised, masked texts that differ in nothing but politeness, script and personal data. */
  formOf(text: string): string;
  /** What two forms must have in common to ask the same; no doubles. */
  termsOf(form: string): string[];
}

/**
 * By the pairs of characters within the words that tell something: in whatever order they come, spelled out or short.
 */
export const pairLikeness: Likeness = {
  formOf: (text) => foldForKeywords(dropFiller(simplify(dropPlaceholders(text)))) || text,
  termsOf(form) {
    const words = cutOrdinaryWords(dropPlaceholders(form));
    const telling = words.filter((word) => word.substance > 0 && !isWeakWord(word.text));
    const terms = (telling.length > 0 ? telling : words).flatMap(({ text }) => pairsOf(text));
    return [...new Set(terms)];
  },
};

/** From this likeness on, two questions are one: of three things each, they share all. */
export const alike = 0.7;

/** From 0, nothing in common, to 1, the same: Dice's coefficient. */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  const known = new Set(one);
  const shared = other.filter((term) => known.has(term)).length;
  return shared === 0 ? 0 : (2 * shared) / (one.length + other.length);
}

/** Neighbouring characters; a single character is its own pair. */
function pairsOf(word: string): string[] {
  const characters = Array.from(word.trim());
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
