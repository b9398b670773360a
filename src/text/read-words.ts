import { cutOrdinaryWords } from './ordinary-words.js';
import { spellLatin } from './spell-latin.js';
import { syllablesOf } from './pinyin.js';
import type { SpellingIndex } from './spelling.js';
import type { Vocabulary } from './vocabulary.js';
import { OF_BORDER_INSIDE_WORD, OF_NOTHING, valueOfOrdinary } from './word-values.js';

/** A piece of a text. */
export interface ReadWord {
  /** As it was written. */
  text: string;
  /** The words of the vocabulary that it is, or stands for; none: the vocabulary has no such word. */
  words: readonly string[];
  /** It was not written as the word that it stands for. */
  repaired: boolean;
  /** How much it says about the subject, from 0 to 1. */
  substance: number;
}

/**
 * Reads a folded text as words: those of the vocabulary first, longer before shorter, ordinary ones in between. Where
 * neither has a word, homophones (also southern ones), slips of one character, pinyin and initials are tried.
 * What one vocabulary makes of a text never depends on another.
 */
export function readWords(text: string, vocabulary: Vocabulary): ReadWord[] {
  const lattice = new Lattice(text, vocabulary);
  const exact = lattice.read();
  if (!placeWords(exact).some(isLoose)) return exact;
  // A slip is only looked for where nothing that sounds alike was meant.
  lattice.addRepairs(findSoundAlikes(text, placeWords(exact), vocabulary.spelling));
  const sounded = lattice.read();
  lattice.addRepairs(findSlips(text, placeWords(sounded), vocabulary.spelling));
  return lattice.read();
}

/** A word that may lie between two places of a text. The way with the highest value is read. */
interface Edge extends ReadWord {
  start: number;
  end: number;
  value: number;
}

const HAN = /^\p{Script=Han}+$/u;
const LETTERS_OR_HAN = /[\p{Script=Han}a-z]/u;

/** Per square of the characters, as the others; see `word-values.ts`. */
const OF_SOUND_ALIKE = 0.75;
const OF_SLIP = 0.6;
const LONGEST_REPAIR = 8;

/** So frequent that they stand next to any word, and make it look like another one. */
const EVERYWHERE = new Set(
  '不没我你他她它的了着在是有和就都也还去来要会能可想说看给让把被跟用好很太那这个一吗呢吧啊',
);

class Lattice {
  readonly #text: string;
  readonly #edges: Edge[][];
  readonly #borders = new Set<number>();

  constructor(text: string, vocabulary: Vocabulary) {
    this.#text = text;
    this.#edges = Array.from({ length: text.length }, () => []);
    this.#addOrdinary(vocabulary);
    this.#addKnown(vocabulary);
  }

  addRepairs(repairs: Iterable<Repair>): void {
    for (const { start, end, words, value } of repairs) {
      const text = this.#text.slice(start, end);
      const edge = { text, words, repaired: true, substance: 1, start, end, value };
      this.#add({ ...edge, value: value + this.#alignment(edge) });
    }
  }

  /** The way through the text with the highest value. */
  read(): ReadWord[] {
    const length = this.#text.length;
    const values = new Float64Array(length + 1);
    const choices: (Edge | undefined)[] = [];
    for (let start = length - 1; start >= 0; start -= 1) {
      values[start] = (values[start + 1] ?? 0) + OF_NOTHING;
      for (const edge of this.#edges[start] ?? []) {
        const value = edge.value + (values[edge.end] ?? 0);
        if (value <= (values[start] ?? 0)) continue;
        values[start] = value;
        choices[start] = edge;
      }
    }
    const words: ReadWord[] = [];
    for (let at = 0; at < length;) {
      const { text, words: known, repaired, substance, end } = choices[at] ?? this.#nothing(at);
      words.push({ text, words: known, repaired, substance });
      at = end;
    }
    return words;
  }

  #addOrdinary(vocabulary: Vocabulary): void {
    let start = 0;
    for (const { text, substance } of cutOrdinaryWords(this.#text)) {
      const known = vocabulary.has(text);
      const value = valueOfOrdinary(text, known);
      const end = start + text.length;
      this.#borders.add(start).add(end);
      this.#add({ text, words: known ? [text] : [], repaired: false, substance, start, end, value });
      start = end;
    }
  }

  #addKnown(vocabulary: Vocabulary): void {
    const { length } = this.#text;
    for (let start = 0; start < length; start += 1) {
      const longest = vocabulary.longestFrom(this.#text.charCodeAt(start), this.#text.charCodeAt(start + 1));
      const last = Math.min(length, start + longest);
      for (let end = start + 2; end <= last; end += 1) {
        const text = this.#text.slice(start, end);
        if (!vocabulary.has(text)) continue;
        const value = (end - start) ** 2;
        const edge = { text, words: [text], repaired: false, substance: 1, start, end, value };
        this.#add({ ...edge, value: value + this.#alignment(edge) });
      }
    }
  }

  #add(edge: Edge): void {
    this.#edges[edge.start]?.push(edge);
  }

  #alignment({ start, end }: Edge): number {
    const inside = Number(!this.#borders.has(start)) + Number(!this.#borders.has(end));
    return inside * OF_BORDER_INSIDE_WORD;
  }

  #nothing(start: number): Edge {
    const end = start + 1;
    const text = this.#text.slice(start, end);
    return { text, words: [], repaired: false, substance: 0, start, end, value: 0 };
  }
}

/** What a stretch of the text may have been meant to be. */
interface Repair {
  start: number;
  end: number;
  words: readonly string[];
  value: number;
}

type Place = ReadWord & { start: number; end: number };

function placeWords(words: readonly ReadWord[]): Place[] {
  let at = 0;
  return words.map(({ text, words, repaired, substance }) => {
    const start = at;
    at += text.length;
    return { text, words, repaired, substance, start, end: at };
  });
}

function isGap({ words, text }: ReadWord): boolean {
  return words.length === 0 && LETTERS_OR_HAN.test(text);
}

function* findSoundAlikes(
  text: string,
  places: readonly Place[],
  spelling: SpellingIndex,
): Generator<Repair> {
  for (const { start, end, words } of spellLatin(text, spelling)) {
    yield { start, end, words, value: valueOf(words, OF_SOUND_ALIKE) };
  }
  const syllables = syllablesOf(text);
  if (syllables.length !== text.length) return;
  for (const { start, end } of findStretches(text, places)) {
    const spoken = syllables.slice(start, end);
    const words = end - start > 2 ? spelling.bySound(spoken) : pairsOf(spoken, spelling);
    if (words.length > 0) yield { start, end, words, value: valueOf(words, OF_SOUND_ALIKE) };
  }
}

/** Two syllables resemble those of some word too often to be blurred as well. */
function pairsOf(spoken: readonly string[], spelling: SpellingIndex): string[] {
  return spelling.byLetters(spoken.join('')).filter((word) => word.length === spoken.length);
}

function* findSlips(text: string, places: readonly Place[], spelling: SpellingIndex): Generator<Repair> {
  for (const { start, end } of findStretches(text, places)) {
    if (end - start < 3) continue;
    const piece = text.slice(start, end);
    const within = places.filter((place) => place.start >= start && place.end <= end);
    const words = spelling.bySlip(piece).filter((word) => isSlip(word, piece, start, within));
    if (words.length > 0) yield { start, end, words, value: valueOf(words, OF_SLIP) };
  }
}

function valueOf(words: readonly string[], share: number): number {
  return Math.max(...words.map(({ length }) => length)) ** 2 * share;
}

/**
 * Every stretch of 汉字 in which some character belongs to no word and is not found everywhere. One of two characters
 * consists of two words of one character each; a longer one may cut through words.
 */
function* findStretches(text: string, places: readonly Place[]): Generator<{ start: number; end: number }> {
  const loose = new Uint8Array(text.length);
  for (const place of places) if (isLoose(place)) loose.fill(1, place.start, place.end);
  const single = new Set(places.filter(({ text }) => text.length === 1).map(({ start }) => start));
  for (let start = 0; start < text.length; start += 1) {
    let holdsLoose = false;
    for (let end = start + 1; end <= Math.min(text.length, start + LONGEST_REPAIR); end += 1) {
      if (!HAN.test(text.charAt(end - 1))) break;
      holdsLoose ||= loose[end - 1] === 1;
      if (!holdsLoose || end - start < 2) continue;
      if (end - start > 2 || isLoosePair(text, start, single)) yield { start, end };
    }
  }
}

function isLoose({ words, text }: Place): boolean {
  return (words.length === 0 || text.length === 1) && !EVERYWHERE.has(text);
}

function isLoosePair(text: string, start: number, single: ReadonlySet<number>): boolean {
  return [start, start + 1].every((at) => single.has(at) && !EVERYWHERE.has(text.charAt(at)));
}

/** The wrong character stands alone; of three, the other two are no word, or the slip may be another thing's name. */
function isSlip(word: string, piece: string, start: number, within: readonly Place[]): boolean {
  const wrong = Array.from(piece).findIndex((character, index) => character !== word[index]);
  const place = within.find((place) => place.start === start + wrong);
  if (place === undefined || place.text.length > 1 || !isGap(place) || EVERYWHERE.has(place.text))
    return false;
  return piece.length > 3 || (within.length === 3 && within.every(({ text }) => !EVERYWHERE.has(text)));
}
