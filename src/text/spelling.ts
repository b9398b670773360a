import { blurSyllable, syllablesOf } from './pinyin.js';

/** The words of a vocabulary by how people misspell them. Each look-up gives the words that may be meant. */
export interface SpellingIndex {
  /** Words of as many characters as there are syllables that sound like them, exactly or to a southern ear. */
  bySound(syllables: readonly string[]): readonly string[];
  /** Words that letters spell in pinyin, without spaces: `shenfenzheng`. */
  byLetters(letters: string): readonly string[];
  /** Words of three and more characters by the first letters of their syllables: `sfz`. */
  byInitials(letters: string): readonly string[];
  /** Words of four and more characters, or three, that differ from a text in one character. */
  bySlip(text: string): readonly string[];
  /** The most letters that `byLetters` knows a word for. */
  readonly longestLetters: number;
}

/** Indexes 汉字 words of two and more characters, a slice at a time; others are passed over. */
export function* indexSpellings(words: Iterable<string>): Generator<undefined, SpellingIndex> {
  const sounds = new Map<string, string[]>();
  const letters = new Map<string, string[]>();
  const initials = new Map<string, string[]>();
  const slips = new Map<string, string[]>();
  let longestLetters = 0;
  let indexed = 0;
  for (const word of words) {
    if (!SPELLABLE.test(word)) continue;
    const syllables = syllablesOf(word);
    const spelled = syllables.join('');
    longestLetters = Math.max(longestLetters, spelled.length);
    put(sounds, soundKey(syllables), word);
    put(letters, spelled, word);
    if (word.length > 2) put(initials, syllables.map((syllable) => syllable.charAt(0)).join(''), word);
    for (const key of slipKeys(word)) put(slips, key, word);
    indexed += 1;
    if (indexed % SLICE === 0) yield;
  }
  return {
    bySound: (syllables) => sounds.get(soundKey(syllables)) ?? [],
    byLetters: (text) => letters.get(text) ?? [],
    byInitials: (text) => initials.get(text) ?? [],
    bySlip: (text) => [...new Set(slipKeys(text).flatMap((key) => slips.get(key) ?? []))],
    longestLetters,
  };
}

const SPELLABLE = /^\p{Script=Han}{2,8}$/u;
const SLICE = 200;

function soundKey(syllables: readonly string[]): string {
  return syllables.map(blurSyllable).join(' ');
}

/** The word with each character blotted out in turn; words of two characters have too many neighbours. */
function slipKeys(word: string): string[] {
  if (word.length < 3) return [];
  return Array.from(word, (_, index) => `${word.slice(0, index)}?${word.slice(index + 1)}`);
}

function put(index: Map<string, string[]>, key: string, word: string): void {
  const words = index.get(key);
  if (words === undefined) index.set(key, [word]);
  else words.push(word);
}
