import { LRUCache } from 'lru-cache';
import { dropFiller } from '../../text/filler.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { cutOrdinaryWords, loadOrdinaryWords, type OrdinaryWord } from '../../text/ordinary-words.js';
import { readExactly } from '../../text/read-exactly.js';
import { indexForSearch, type SearchUnit } from '../../text/index-for-search.js';
import type { SearchIndex } from '../../text/search-index.js';
import { learnOutside, type OutsideModel } from '../../text/outside-model.js';
import type { ReadWord } from '../../text/read-words.js';
import { simplify } from '../../text/simplify.js';
import { indexSpellings } from '../../text/spelling.js';
import { indexVocabulary, type Vocabulary } from '../../text/vocabulary.js';
import { isWeakWord } from '../../text/weak-words.js';
import { learnWordings, type WordingModel } from '../../text/wording-model.js';
import type { Content, Target } from '../content-model.js';
import type { Ranking } from './rank-targets.js';
import type { Message } from './read-message.js';
import { collectTargets, type SearchableTarget } from './collect-targets.js';

/** All that a release needs to find what a free sentence is about. */
export interface Search {
  readonly targets: readonly Target[];
  readonly index: SearchIndex;
  /** How each target is asked for. */
  readonly wordings: WordingModel;
  /** What the account does not answer. */
  readonly outside: OutsideModel;
  readonly vocabulary: Vocabulary;
  /** The standard word of each synonym. */
  readonly standards: ReadonlyMap<string, string>;
  /** Words of titles: what the content is about. */
  readonly subjects: ReadonlySet<string>;
  /** How much each word of the content says about the subject; see `OrdinaryWord`. */
  readonly substances: ReadonlyMap<string, number>;
  /** What was found for the latest texts; many citizens ask the same. */
  readonly recent: LRUCache<string, Ranking>;
  /** How the latest texts were read: one is ranked anew at every place where it is written. */
  readonly read: LRUCache<string, Message>;
}

/** Compiles the search over content, a few milliseconds at a time; see `collectTargets` for `formTitles`. */
export function* compileSearch(
  content: Content,
  formTitles: ReadonlyMap<string, string>,
): Generator<undefined, Search> {
  yield* loadOrdinaryWords();
  const collected = yield* collectTargets(content, formTitles);
  yield;
  const standards = compileSynonyms(content.synonyms);
  const cuts: CutTarget[] = [];
  for (const target of collected) {
    cuts.push(cutTarget(target));
    yield;
  }
  const words = yield* collectWords(cuts, standards);
  const spelling = yield* indexSpellings(words.keys());
  const longest = Math.max(2, ...Array.from(standards.keys(), ({ length }) => length));
  const vocabulary = indexVocabulary(words, longest, spelling);
  yield;

  const units: SearchUnit[] = [];
  const bodies: string[][] = [];
  const worded: string[][] = [];
  const subjects = new Set<string>();
  for (const [target, { titles, wordings, body }] of cuts.entries()) {
    const read = readOnce(vocabulary, standards);
    const asked = titles.map(read);
    for (const term of asked.flat()) subjects.add(term);
    for (const wording of wordings) asked.push(read(wording));
    const core = coreOf(asked, words);
    for (const terms of asked) {
      units.push({ target, terms, implied: core.filter((term) => !terms.includes(term)) });
    }
    bodies.push(read(cutText(foldWording(body))));
    worded.push([...new Set([...titles, ...wordings].map(({ text }) => text))]);
    yield;
  }
  const emphasis = (term: string) => {
    if (isWeakWord(term)) return OF_WEAK_WORD;
    const isSmall = words.get(term) === 0;
    return (subjects.has(term) ? OF_SUBJECT : 1) * (isSmall ? OF_SMALL_WORD : 1);
  };
  const index = yield* indexForSearch({ targets: cuts.length, units, bodies, emphasis });
  return {
    targets: collected.map(({ target }) => target),
    index,
    wordings: yield* learnWordings(worded),
    outside: yield* learnOutside(
      units.map(({ terms }) => terms),
      yield* readOutside(content.outside, vocabulary, standards),
    ),
    vocabulary,
    standards,
    subjects,
    substances: words,
    recent: new LRUCache({ max: RECENT_TEXTS }),
    read: new LRUCache({ max: RECENT_TEXTS }),
  };
}

/** A folded text with its words of ordinary Chinese. To cut it is what takes longest. */
interface CutText {
  readonly text: string;
  readonly ordinary: readonly OrdinaryWord[];
}

interface CutTarget {
  readonly titles: readonly CutText[];
  /** Each once. */
  readonly wordings: readonly CutText[];
  readonly body: string;
}

function cutTarget({ titles, wordings, body }: SearchableTarget): CutTarget {
  const cuts = new Map<string, CutText>();
  const cut = (text: string) => {
    const known = cuts.get(text) ?? cutText(text);
    cuts.set(text, known);
    return known;
  };
  return {
    titles: Array.from(titles, (title) => cut(foldWording(title))),
    wordings: Array.from(new Set(Array.from(wordings, foldWording)), cut),
    body,
  };
}

function cutText(text: string): CutText {
  return { text, ordinary: cutOrdinaryWords(text) };
}

/** Gives the standard words of a text. A title is often a keyword too. */
function readOnce(
  vocabulary: Vocabulary,
  standards: ReadonlyMap<string, string>,
): (cut: CutText) => string[] {
  const readings = new Map<CutText, string[]>();
  return (cut) => {
    const known = readings.get(cut);
    if (known !== undefined) return known;
    const terms = readExactly(cut.text, cut.ordinary, vocabulary).map((word) => standards.get(word) ?? word);
    readings.set(cut, terms);
    return terms;
  };
}

/** The words of questions that are not the account's business, much as `spokenWords` takes those of a message. */
function* readOutside(
  questions: readonly string[],
  vocabulary: Vocabulary,
  standards: ReadonlyMap<string, string>,
): Generator<undefined, string[][]> {
  const read = readOnce(vocabulary, standards);
  const spoken: string[][] = [];
  for (const question of questions) {
    const cut = cutText(foldWording(question));
    const unknown = cut.ordinary.filter(({ text }) => !vocabulary.has(text)).map(({ text }) => text);
    spoken.push([...read(cut), ...unknown]);
    yield;
  }
  return spoken;
}

/** Every word of a message, in its standard form where it has one. */
export function spokenWords(read: readonly ReadWord[], standards: ReadonlyMap<string, string>): string[] {
  return read.flatMap(({ text, words }) =>
    words.length === 0 ? [text] : words.map((word) => standards.get(word) ?? word),
  );
}

/** The things that most ways of asking for a target name. */
function coreOf(asked: readonly (readonly string[])[], substances: ReadonlyMap<string, number>): string[] {
  const counts = new Map<string, number>();
  for (const terms of asked) {
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return [...counts.keys()].filter(
    (term) => isThing(term, substances) && (counts.get(term) ?? 0) >= asked.length * OF_CORE_WORD,
  );
}

/** Whether a word of the content names a thing; telephone numbers do. */
export function isThing(word: string, substances: ReadonlyMap<string, number>): boolean {
  return (substances.get(word) === 1 || NUMBER.test(word)) && !isWeakWord(word);
}

const NUMBER = /[0-9]{3}/;
/** In so large a part of the ways of asking. */
const OF_CORE_WORD = 0.5;

/** How texts are compared in a search: as keywords, in simplified characters, without politeness. */
export function foldWording(text: string): string {
  return dropFiller(simplify(foldForKeywords(text)));
}

/** Words of titles are what the content is about. */
const OF_SUBJECT = 2;
const OF_SMALL_WORD = 0.8;
const OF_WEAK_WORD = 0.3;

const RECENT_TEXTS = 2_000;

const WORD = /[\p{Script=Han}a-z0-9]/u;

function compileSynonyms(groups: Content['synonyms']): Map<string, string> {
  const standards = new Map<string, string>();
  for (const group of groups) {
    const [standard = '', ...others] = group.map((word) => simplify(foldForKeywords(word)));
    for (const word of [standard, ...others]) if (!standards.has(word)) standards.set(word, standard);
  }
  standards.delete('');
  return standards;
}

/** The words of the content, and the substance of each. */
function* collectWords(
  cuts: readonly CutTarget[],
  standards: ReadonlyMap<string, string>,
): Generator<undefined, Map<string, number>> {
  const words = new Map(Array.from(standards.keys(), (word) => [word, substanceOf(word)]));
  for (const [position, { titles, wordings }] of cuts.entries()) {
    for (const { ordinary } of [...titles, ...wordings]) {
      for (const { text: word, substance } of ordinary) {
        if (!words.has(word) && WORD.test(word)) words.set(word, substance);
      }
    }
    if (position % SLICE === 0) yield;
  }
  return words;
}

/** That of its most telling part. */
function substanceOf(word: string): number {
  return Math.max(0, ...cutOrdinaryWords(word).map(({ substance }) => substance));
}

/** Targets between two pauses, where little is done with each. */
const SLICE = 500;
