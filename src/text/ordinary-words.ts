import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';

/** A word of ordinary Chinese within a text. */
export interface OrdinaryWord {
  readonly text: string;
  /** How much it says about the subject: 1 a thing, less a deed, a quality, a name; 0 a pronoun, particle, number. */
  readonly substance: number;
}

/** The words of a text by jieba's dictionary, in order; together they are the text. Loads the dictionary if need be. */
export function cutOrdinaryWords(text: string): readonly OrdinaryWord[] {
  const words: OrdinaryWord[] = [];
  for (const word of dictionary().cut(text, false)) {
    const known = tagged.get(word);
    // A tag costs more than a cut, and belongs to the word whatever stands around it.
    if (known === undefined) return tagWords(text);
    words.push(known);
  }
  return words;
}

function tagWords(text: string): OrdinaryWord[] {
  return dictionary()
    .tag(text, false)
    .map(({ word, tag }) => {
      const known = { text: word, substance: substanceOf(tag) };
      if (tagged.size >= MOST_TAGGED) tagged.clear();
      tagged.set(word, known);
      return known;
    });
}

const tagged = new Map<string, OrdinaryWord>();
/** Some 5 MB. A language has fewer; what citizens make up has no end. */
const MOST_TAGGED = 50_000;

/**
 * Loads the dictionary a few milliseconds at a time, for whoever lets messages through meanwhile. There is one for
 * the whole process, some 15 MB; it never learns the words of a release, so that no release changes another.
 */
export function* loadOrdinaryWords(): Generator<undefined, void> {
  while (!loader.next().done) yield;
}

/** By the tags of ICTCLAS. */
function substanceOf(tag: string): number {
  if (NAME.test(tag)) return 0.3;
  if (THING.test(tag)) return 1;
  return DEED_OR_QUALITY.test(tag) ? 0.6 : 0;
}

const NAME = /^n[rs]/;
/** Nouns, also those that are verbs or adjectives too, abbreviations, Latin. */
const THING = /^(?:n|vn|an|j|eng)/;
/** Verbs, adjectives, idioms, phrases, distinguishing and descriptive words, places as 里面. */
const DEED_OR_QUALITY = /^(?:v(?!d)|a|i|l|b|s|z)/;

/** Rarer words cost two thirds of the memory and decide nothing here; longer ones are names of institutions. */
const LEAST_FREQUENCY = 10;
const LONGEST_WORD_BYTES = 18;

const LINE_FEED = 10;
const SPACE = 32;
const ZERO = 48;
/** Bytes of the file between two pauses. */
const SLICE_BYTES = 100_000;

const jieba = new Jieba();
let loaded = false;
const loader = load();

function dictionary(): Jieba {
  if (!loaded) while (!loader.next().done);
  return jieba;
}

function* load(): Generator<undefined, void> {
  const file = readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt'));
  yield;
  for (let start = 0; start < file.length;) {
    const end = endOfLine(file, start + SLICE_BYTES);
    jieba.loadDict(pickWords(file.subarray(start, end)));
    start = end;
    yield;
  }
  loaded = true;
}

function endOfLine(file: Buffer, from: number): number {
  const end = file.indexOf(LINE_FEED, from);
  return end === -1 ? file.length : end + 1;
}

/** The lines (`word frequency tag`) that are wanted. */
function pickWords(lines: Buffer): Buffer {
  const picked = Buffer.allocUnsafe(lines.length);
  let length = 0;
  for (let start = 0; start < lines.length;) {
    const end = endOfLine(lines, start);
    if (isWanted(lines, start)) length += lines.copy(picked, length, start, end);
    start = end;
  }
  return picked.subarray(0, length);
}

function isWanted(lines: Buffer, start: number): boolean {
  const afterWord = lines.indexOf(SPACE, start);
  if (afterWord === -1 || afterWord - start > LONGEST_WORD_BYTES) return false;
  let frequency = 0;
  for (let at = afterWord + 1; (lines[at] ?? 0) >= ZERO; at += 1) {
    frequency = frequency * 10 + (lines[at] ?? 0) - ZERO;
  }
  return frequency >= LEAST_FREQUENCY;
}
