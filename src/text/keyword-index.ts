import { finishSlices } from '../core/finish-slices.js';
import { normaliseText } from './normalise.js';

export interface KeywordHit<T> {
  /** The keyword, folded. */
  word: string;
  value: T;
  /** UTF-16 offsets into the folded text; `end` is exclusive. */
  start: number;
  end: number;
}

/** Every keyword of a set in one pass over a text. */
export interface KeywordIndex<T> {
  /** All occurrences of all keywords, overlapping ones too, by where they begin, shorter first. */
  findAll(foldedText: string): KeywordHit<T>[];
}

/** How keywords and the texts that are searched for them are compared: `normaliseText`, and no spaces beside 汉字. */
export function foldForKeywords(text: string): string {
  const normal = normaliseText(text);
  return normal.includes(' ') ? normal.replace(SPACE_BESIDE_HAN, '') : normal;
}

/**
 * Compiles the keywords of a release. One word may carry several values; a word that folds to nothing is left out.
 *
 * A hash look-up per position and keyword length, since keywords are short and few lengths begin with the same
 * character. An Aho–Corasick library was tried first: modern-ahocorasick 3.3 cuts every text into grapheme clusters,
 * so on 10,000 keywords it needs ten times as long for a message and 100 ms, instead of 5, to compile.
 */
export function indexKeywords<T>(entries: Iterable<{ word: string; value: T }>): KeywordIndex<T> {
  return finishSlices(indexKeywordsInSlices(entries));
}

/** The same, a few milliseconds at a time. */
export function* indexKeywordsInSlices<T>(
  entries: Iterable<{ word: string; value: T }>,
): Generator<undefined, KeywordIndex<T>> {
  const valuesByWord = new Map<string, T[]>();
  const lengthsByFirst = new Map<number, number[]>();
  let seen = 0;
  for (const { word, value } of entries) {
    seen += 1;
    if (seen % SLICE === 0) yield;
    const folded = foldForKeywords(word);
    if (folded === '') continue;
    const values = valuesByWord.get(folded);
    if (values !== undefined) {
      values.push(value);
      continue;
    }
    valuesByWord.set(folded, [value]);
    addLength(lengthsByFirst, folded);
  }
  for (const lengths of lengthsByFirst.values()) lengths.sort((a, b) => a - b);
  return { findAll: (text) => findAll(text, valuesByWord, lengthsByFirst) };
}

/** Keywords between two pauses. */
const SLICE = 1_000;

const SPACE_BESIDE_HAN = /(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu;

function addLength(lengthsByFirst: Map<number, number[]>, word: string): void {
  const first = word.charCodeAt(0);
  const lengths = lengthsByFirst.get(first);
  if (lengths === undefined) lengthsByFirst.set(first, [word.length]);
  else if (!lengths.includes(word.length)) lengths.push(word.length);
}

function findAll<T>(
  text: string,
  valuesByWord: ReadonlyMap<string, readonly T[]>,
  lengthsByFirst: ReadonlyMap<number, readonly number[]>,
): KeywordHit<T>[] {
  const hits: KeywordHit<T>[] = [];
  for (let start = 0; start < text.length; start += 1) {
    for (const length of lengthsByFirst.get(text.charCodeAt(start)) ?? []) {
      const end = start + length;
      if (end > text.length) break;
      const word = text.slice(start, end);
      for (const value of valuesByWord.get(word) ?? []) hits.push({ word, value, start, end });
    }
  }
  return hits;
}
