import { pinyin } from 'pinyin-pro';
import { syllablesOf } from './pinyin.js';
import type { Squeezed } from './squeeze.js';

/**
 * A text by how it sounds: one code unit for each 汉字 and for each syllable that is spelled in letters, the same for
 * all that are pronounced alike whatever their tone (救 = 就 = jiu). Everything else stands for itself.
 */
export interface Sounds {
  readonly codes: string;
  /** Offset into the text where each code begins, and the text's length last; null: code n is character n. */
  readonly starts: readonly number[] | null;
}

/** Runs in linear time, and by table look-up once a character was met before. */
export function soundsOf({ text, breaks }: Squeezed): Sounds {
  return LETTERS.test(text) ? spelledSounds(text, breaks) : { codes: codesOf(text), starts: null };
}

/** The code of each character. */
export function codesOf(text: string): string {
  let codes = '';
  for (let index = 0; index < text.length; index += 1) codes += String.fromCharCode(codeAt(text, index));
  return codes;
}

/** The codes of a word as it is read, which is how people spell it: 着火 zhao huo, though 着 alone is zhe. */
export function spokenCodesOf(word: string): string {
  return syllablesOf(word)
    .map((syllable, index) => (SYLLABLE.test(syllable) ? codeOfSyllable(syllable) : (word[index] ?? '')))
    .join('');
}

/** Whether two characters are pronounced alike, tone included. */
export function haveSameTone(one: string, other: string): boolean {
  return toneAt(one, 0) === toneAt(other, 0);
}

const LETTERS = /[a-z]/;
const SYLLABLE =
  /^(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?(?:[iu]ang|iong|[aeio]ng|i?an|i?ao|ua[in]|[ae]i|ou|en|[iuv]n|i[aeu]|u[aoie]|ve|er|[aoeiuv])$/;
const LONGEST_SYLLABLE = 6;
/** Longer runs of letters are no pinyin that anybody types. */
const LONGEST_RUN = 80;

/** The block of the common 汉字, U+4E00 to U+9FFF. */
const FIRST_HAN = 0x4e00;
const HAN_COUNT = 0x5200;
/** Syllables are numbered in the private use area, which no squeezed text contains. */
const FIRST_CODE = 0xe000;

const codes = new Uint16Array(HAN_COUNT);
const tones = new Uint8Array(HAN_COUNT);
const syllableCodes = new Map<string, string>();

function codeAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const place = unit - FIRST_HAN;
  if (place < 0 || place >= HAN_COUNT) return unit;
  return codes[place] || learn(place);
}

function toneAt(text: string, index: number): number {
  codeAt(text, index);
  return tones[text.charCodeAt(index) - FIRST_HAN] ?? 0;
}

function learn(place: number): number {
  const character = String.fromCharCode(FIRST_HAN + place);
  const [, syllable, tone] = /^([a-z]+)(\d)$/.exec(pinyin(character, { toneType: 'num', v: true })) ?? [];
  const code = syllable === undefined ? FIRST_HAN + place : codeOfSyllable(syllable).charCodeAt(0);
  codes[place] = code;
  tones[place] = Number(tone ?? 0);
  return code;
}

function codeOfSyllable(syllable: string): string {
  const known = syllableCodes.get(syllable);
  if (known !== undefined) return known;
  const code = String.fromCharCode(FIRST_CODE + syllableCodes.size);
  syllableCodes.set(syllable, code);
  return code;
}

function spelledSounds(text: string, breaks: readonly number[]): Sounds {
  const borders = new Set(breaks);
  const starts: number[] = [];
  let sounds = '';
  for (let index = 0; index < text.length;) {
    const run = lettersFrom(text, index, borders);
    if (run === '') {
      starts.push(index);
      sounds += String.fromCharCode(codeAt(text, index));
      index += 1;
      continue;
    }
    const syllables = splitSyllables(run);
    for (const piece of syllables ?? run) {
      starts.push(index);
      sounds += syllables === null ? piece : codeOfSyllable(piece);
      index += piece.length;
    }
  }
  return { codes: sounds, starts: [...starts, text.length] };
}

/** The letters at an offset, up to the next border. */
function lettersFrom(text: string, start: number, borders: ReadonlySet<number>): string {
  let end = start;
  while (end < text.length && LETTERS.test(text.charAt(end)) && (end === start || !borders.has(end)))
    end += 1;
  return text.slice(start, end);
}

/** Letters as the syllables that they spell, longer ones first; null where they are no pinyin. */
function splitSyllables(letters: string): string[] | null {
  if (letters.length > LONGEST_RUN) return null;
  const lengths = Array.from({ length: letters.length + 1 }, () => 0);
  for (let start = letters.length - 1; start >= 0; start -= 1) {
    for (let length = 1; length <= LONGEST_SYLLABLE && start + length <= letters.length; length += 1) {
      const endsWell = start + length === letters.length || lengths[start + length] !== 0;
      if (endsWell && SYLLABLE.test(letters.slice(start, start + length))) lengths[start] = length;
    }
  }
  const syllables: string[] = [];
  for (let start = 0; start < letters.length;) {
    const length = lengths[start] ?? 0;
    if (length === 0) return null;
    syllables.push(letters.slice(start, start + length));
    start += length;
  }
  return syllables;
}
