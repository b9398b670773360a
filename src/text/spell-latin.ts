import { syllablesOf } from './pinyin.js';
import type { SpellingIndex } from './spelling.js';

/** A stretch of letters, perhaps with 汉字 among them, and the words that it spells. */
export interface SpelledWord {
  start: number;
  end: number;
  words: readonly string[];
}

/**
 * Every word that letters in a text may spell: in pinyin with or without spaces (`shen fen zheng`), by initials
 * (`sfz`), or by initials among 汉字 (`无fz证明`). They may overlap.
 */
export function* spellLatin(text: string, spelling: SpellingIndex): Generator<SpelledWord> {
  for (const { 0: letters, index } of text.matchAll(LETTERS)) {
    yield* spellPinyin(letters, index, spelling);
    for (const piece of letters.matchAll(PIECE)) {
      yield* found(index + piece.index, piece[0], spelling.byInitials(piece[0]));
    }
  }
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (HAN.test(run) && IS_LETTER.test(run)) yield* spellMixed(run, index, spelling);
  }
}

const LETTERS = /[a-z]+(?:['\s]?[a-z]+)*/g;
const PIECE = /[a-z]{3,8}/g;
const RUN = /[\p{Script=Han}a-z]{3,}/gu;
const HAN = /\p{Script=Han}/u;
const IS_LETTER = /[a-z]/;
const FEWEST_LETTERS = 4;

function* spellPinyin(letters: string, offset: number, spelling: SpellingIndex): Generator<SpelledWord> {
  for (let start = 0; start < letters.length; start += 1) {
    if (!STARTS_SYLLABLE.test(letters.charAt(start))) continue;
    let spelled = '';
    for (let end = start; end < letters.length && spelled.length < spelling.longestLetters; end += 1) {
      const letter = letters.charAt(end);
      if (!IS_LETTER.test(letter)) continue;
      spelled += letter;
      if (spelled.length < FEWEST_LETTERS) continue;
      const words = spelling.byLetters(spelled);
      if (words.length > 0) yield { start: offset + start, end: offset + end + 1, words };
    }
  }
}

const STARTS_SYLLABLE = /[a-hj-tw-z]/;

function* spellMixed(mixed: string, offset: number, spelling: SpellingIndex): Generator<SpelledWord> {
  const initials = syllablesOf(mixed)
    .map((syllable) => syllable.charAt(0))
    .join('');
  if (initials.length !== mixed.length) return;
  for (let start = 0; start < mixed.length; start += 1) {
    for (let end = start + 3; end <= Math.min(mixed.length, start + 8); end += 1) {
      const piece = mixed.slice(start, end);
      const words = spelling.byInitials(initials.slice(start, end)).filter((word) => agrees(piece, word));
      yield* found(offset + start, piece, words);
    }
  }
}

/** Every 汉字 stands where the word has it, and there is one. */
function agrees(piece: string, word: string): boolean {
  let han = 0;
  for (let index = 0; index < piece.length; index += 1) {
    const character = piece.charAt(index);
    if (IS_LETTER.test(character)) continue;
    if (character !== word.charAt(index)) return false;
    han += 1;
  }
  return han > 0 && han < piece.length;
}

function* found(start: number, piece: string, words: readonly string[]): Generator<SpelledWord> {
  if (words.length > 0) yield { start, end: start + piece.length, words };
}
