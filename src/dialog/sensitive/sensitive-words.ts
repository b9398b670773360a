import { normaliseText } from '../../text/normalise.js';
import { simplify } from '../../text/simplify.js';
import { indexSounds, type SoundIndex } from '../../text/sound-index.js';
import { codesOf, soundsOf, spokenCodesOf } from '../../text/sounds.js';
import { squeeze, type Squeezed } from '../../text/squeeze.js';

/** A list of sensitive words, however they are disguised. */
export type SensitiveWords = SoundIndex<string>;

export interface SensitiveHit {
  /** The word of the list. */
  word: string;
  /** Offsets into the squeezed text; `end` is exclusive. */
  start: number;
  end: number;
}

/** Compiles a list, in slices. */
export function* compileSensitive(words: readonly string[]): Generator<undefined, SensitiveWords> {
  const entries: { codes: string; value: string }[] = [];
  for (const [index, written] of words.entries()) {
    const squeezed = reveal(written);
    const word = squeezed.text;
    const spoken = HAN_WORD.test(word) ? [codesOf(word), spokenCodesOf(word)] : [soundsOf(squeezed).codes];
    for (const codes of new Set(spoken)) entries.push({ codes, value: word });
    if (index % SLICE === SLICE - 1) yield;
  }
  return indexSounds(entries);
}

/**
 * The sensitive words of a text: in any width and case, traditional or simplified, with anything but letters and
 * digits between the characters, or spelled in pinyin. One pass.
 */
export function findSensitive(words: SensitiveWords, said: Squeezed): SensitiveHit[] {
  const { codes, starts } = soundsOf(said);
  return words.findAll(codes).flatMap(({ value: word, start: first, end: last }) => {
    const start = starts?.[first] ?? first;
    const end = starts?.[last] ?? last;
    return isMeant(word, said, start, end) ? [{ word, start, end }] : [];
  });
}

/** The form in which texts are searched. */
export function reveal(text: string): Squeezed {
  return squeeze(simplify(normaliseText(text)));
}

const HAN_WORD = /^\p{Script=Han}+$/u;
const SLICE = 100;

/**
 * A word in letters must stand alone, lest a `sb` be found in `husband`; 汉字 may be spelled, if it takes six letters.
 */
function isMeant(word: string, { text, breaks }: Squeezed, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (written !== word) return HAN_WORD.test(word) && SPELLED.test(written);
  const isBorder = (at: number) =>
    !(LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at))) || breaks.includes(at);
  return isBorder(start) && isBorder(end);
}

const SPELLED = /^[a-z]{6,}$/;
const LETTER = /[a-z]/;
