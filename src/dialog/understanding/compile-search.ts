import { LRUCache } from 'lru-cache';
import { dropFiller } from '../../text/filler.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { cutOrdinaryWords, loadOrdinaryWords } from '../../text/ordinary-words.js';
import { readExactly, type Vocabulary } from '../../text/read-words.js';
import { indexForSearch, type SearchIndex, type SearchUnit } from '../../text/search-index.js';
import { simplify } from '../../text/simplify.js';
import { indexSpellings } from '../../text/spelling.js';
import { isWeakWord } from '../../text/weak-words.js';
import { learnWordings, type WordingModel } from '../../text/wording-model.js';
import type { Content, Target } from '../content-model.js';
import type { Ranking } from './rank-targets.js';
import { collectTargets, type SearchableTarget } from './collect-targets.js';

/** All that a release needs to find what a free sentence is about. */
export interface Search {
  readonly targets: readonly Target[];
  readonly index: SearchIndex;
  /** How each target is asked for; under `targets.length`, what the account does not answer. */
  readonly wordings: WordingModel;
  readonly vocabulary: Vocabulary;
  /** The standard word of each synonym. */
  readonly standards: ReadonlyMap<string, string>;
  /** Words of titles: what the content is about. */
  readonly subjects: ReadonlySet<string>;
  /** How much each word of the content says about the subject; see `OrdinaryWord`. */
  readonly substances: ReadonlyMap<string, number>;
  /** What was found for the latest texts; many citizens ask the same. */
  readonly recent: LRUCache<string, Ranking>;
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
  const words = yield* collectWords(collected, standards);
  const spelling = yield* indexSpellings(words.keys());
  const longest = Math.max(2, ...Array.from(standards.keys(), ({ length }) => length));
  const vocabulary: Vocabulary = { has: (word) => words.has(word), longest, spelling };
  const read = (text: string) => standardWords(text, vocabulary, standards);

  const units: SearchUnit[] = [];
  const bodies: string[][] = [];
  const worded: string[][] = [];
  const subjects = new Set<string>();
  for (const [target, { titles, wordings, body }] of collected.entries()) {
    const asked = Array.from(titles, read);
    for (const term of asked.flat()) subjects.add(term);
    const folded = new Set(Array.from(wordings, foldWording));
    for (const wording of folded) asked.push(read(wording));
    worded.push([...new Set([...Array.from(titles, foldWording), ...folded])]);
    const core = coreOf(asked, words);
    for (const terms of asked) {
      units.push({ target, terms, implied: core.filter((term) => !terms.includes(term)) });
    }
    bodies.push(read(body));
    yield;
  }
  const emphasis = (term: string) => {
    if (isWeakWord(term)) return OF_WEAK_WORD;
    const isSmall = words.get(term) === 0;
    return (subjects.has(term) ? OF_SUBJECT : 1) * (isSmall ? OF_SMALL_WORD : 1);
  };
  const index = yield* indexForSearch({ targets: collected.length, units, bodies, emphasis });
  const targets = collected.map(({ target }) => target);
  return {
    targets,
    index,
    wordings: yield* learnWordings([...worded, content.outside.map(foldWording)]),
    vocabulary,
    standards,
    subjects,
    substances: words,
    recent: new LRUCache({ max: RECENT_TEXTS }),
  };
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

const RECENT_TEXTS = 500;

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
  collected: readonly Pick<SearchableTarget, 'titles' | 'wordings'>[],
  standards: ReadonlyMap<string, string>,
): Generator<undefined, Map<string, number>> {
  const words = new Map(Array.from(standards.keys(), (word) => [word, substanceOf(word)]));
  for (const { titles, wordings } of collected) {
    for (const text of [...titles, ...wordings]) {
      for (const { text: word, substance } of cutOrdinaryWords(foldWording(text))) {
        if (WORD.test(word) && !words.has(word)) words.set(word, substance);
      }
    }
    yield;
  }
  return words;
}

/** That of its most telling part. */
function substanceOf(word: string): number {
  return Math.max(0, ...cutOrdinaryWords(word).map(({ substance }) => substance));
}

function standardWords(
  text: string,
  vocabulary: Vocabulary,
  standards: ReadonlyMap<string, string>,
): string[] {
  const read = readExactly(foldWording(text), vocabulary).flatMap(({ words }) => words);
  return read.map((word) => standards.get(word) ?? word);
}
