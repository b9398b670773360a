import { isSyllable } from '../../text/pinyin.js';
import { readWords } from '../../text/read-words.js';
import type { SearchMessage, SearchTerm } from '../../text/search-index.js';
import { isWeakWord } from '../../text/weak-words.js';
import { foldWording, spokenWords, type Search } from './compile-search.js';

/** What a text says, and how many things it names that the content never speaks of. */
export interface Message extends SearchMessage {
  readonly unknownThings: number;
  /** Every word, in its standard form where it has one. */
  readonly spoken: readonly string[];
}

/** The words of a text, as the search of a release takes them. */
export function readMessage(search: Search, text: string): Message {
  const known = search.read.get(text);
  if (known !== undefined) return known;
  const message = read(search, text);
  search.read.set(text, message);
  return message;
}

function read(search: Search, text: string): Message {
  const terms = new Map<string, SearchTerm>();
  let unknown = 0;
  let unknownThings = 0;
  const spans = readWords(foldWording(text), search.vocabulary);
  for (const { text: written, words, repaired, substance } of spans) {
    const known = standardsOf(search, words);
    if (known.length === 0) {
      // A syllable by itself may be any of a dozen characters.
      if (isWeakWord(written) || isSyllable(written)) continue;
      unknown += substance * (written.length > 1 ? 1 : OF_UNKNOWN_CHARACTER);
      if (substance === 1 && written.length > 1) unknownThings += 1;
      continue;
    }
    const key = known.join(' ');
    const credit = repaired ? OF_REPAIRED_WORD : 1;
    if ((terms.get(key)?.credit ?? 0) < credit) terms.set(key, { words: known, credit });
  }
  return { terms: [...terms.values()], unknown, unknownThings, spoken: spokenWords(spans, search.standards) };
}

const OF_REPAIRED_WORD = 0.9;
/** A single character is often half of a name or a slip. */
const OF_UNKNOWN_CHARACTER = 0.4;

/** Only those that some target uses. */
function standardsOf({ standards, index }: Search, words: readonly string[]): string[] {
  const known = words.map((word) => standards.get(word) ?? word);
  return [...new Set(known)].filter((word) => index.weightOf(word) !== undefined);
}
