import type { SearchHit } from '../../text/search-index.js';
import { foldWording, isThing, type Search } from './compile-search.js';
import { readMessage, type Message } from './read-message.js';

/** What speaks for a hit and against it. */
export interface Evidence {
  /** How well its best unit fits. */
  readonly fit: number;
  /** How much more likely the wording is from somebody who asks for it than from anybody; see `WordingModel`. */
  readonly wording: number;
  /** What part of the message it knows nothing of. */
  readonly unexplained: number;
  /** Words that were understood, as a logarithm: the more there are, the less an agreement is chance. */
  readonly length: number;
  /** The mass of the things in the message that it does not know, where it is asked for by none. */
  readonly misplaced: number;
}

/** A target found by words, with what there is to judge it by. */
export interface JudgedHit {
  readonly hit: SearchHit;
  readonly evidence: Evidence;
}

/** What was found for a text. */
export interface Findings {
  readonly hits: readonly JudgedHit[];
  /** How much the words are those of what the account does not answer; see `OutsideModel`. */
  readonly outside: number;
  /** The things that the text itself names and the content knows. */
  readonly things: readonly Thing[];
  /** The text names something that the content is about. */
  readonly namesSubject: boolean;
}

export interface Thing {
  readonly word: string;
  readonly weight: number;
}

/** Longer messages are stories; their beginning says what they are about as well as all of them. */
const LONGEST_TEXT = 200;
/** Found by words; how they are worded is compared one by one. */
const MOST_COMPARED = 30;
/** Less than one word of the content that is not a way of asking. */
const LEAST_SHARED = 0.3;
const OF_PLACE = 0.7;

/**
 * The targets that share with a text more than a way of asking, and what speaks for each; `place`: titles of where the
 * citizen is, which complete the text.
 */
export function findHits(search: Search, text: string, place: string): Findings {
  const { index, subjects } = search;
  const beginning = text.slice(0, LONGEST_TEXT);
  const message = readMessage(search, beginning);
  const completed = place === '' ? message : complete(message, readMessage(search, place));
  const hits = index.search(completed, MOST_COMPARED).filter(({ shared }) => shared >= LEAST_SHARED);
  const subject = lookAt(search, completed, foldWording(`${place}${beginning}`));
  return {
    hits: hits.map((hit) => ({ hit, evidence: gatherEvidence(subject, hit) })),
    outside: search.outside.weigh(completed.spoken),
    things: completed === message ? subject.things : thingsOf(search, message),
    namesSubject: message.terms.some(({ words }) => words.some((word) => subjects.has(word))),
  };
}

function complete(message: Message, place: Message): Message {
  const terms = place.terms.map(({ words, credit }) => ({ words, credit: credit * OF_PLACE }));
  return {
    ...message,
    terms: [...message.terms, ...terms],
    spoken: [...message.spoken, ...place.spoken],
  };
}

/** What the hits of one message are judged by. */
interface Subject {
  readonly message: Message;
  readonly index: Search['index'];
  /** The things that the message names and the content knows. */
  readonly things: readonly Thing[];
  readonly mass: number;
  /** See `WordingModel`. */
  readonly likelihood: (target: number) => number;
}

function lookAt(search: Search, message: Message, wording: string): Subject {
  const { index, wordings } = search;
  return {
    message,
    index,
    things: thingsOf(search, message),
    mass: index.massOf(message) + message.unknown,
    likelihood: wordings.compare(wording),
  };
}

function gatherEvidence({ index, message, things, mass, likelihood }: Subject, hit: SearchHit): Evidence {
  let strangers = message.unknownThings;
  let isNamed = false;
  for (const { word, weight } of things) {
    const familiarity = index.familiarity(hit.target, word);
    if (familiarity === 0) strangers += weight;
    if (familiarity === 1) isNamed = true;
  }
  return {
    fit: hit.score,
    wording: likelihood(hit.target),
    unexplained: Math.max(0, 1 - hit.explained / mass),
    length: Math.log(1 + message.terms.length),
    misplaced: isNamed ? 0 : Math.min(strangers, 1),
  };
}

function thingsOf({ index, substances }: Search, { terms }: Message): Thing[] {
  return terms.flatMap(({ words, credit }) => {
    const word = words.find((word) => isThing(word, substances));
    return word === undefined ? [] : [{ word, weight: credit * (index.weightOf(word) ?? 0) }];
  });
}
