import type { SearchHit } from '../../text/search-index.js';
import type { Target } from '../content-model.js';
import { foldWording, isThing, type Search } from './compile-search.js';
import { readMessage, type Message } from './read-message.js';

/** A target that a text may be about. */
export interface Candidate {
  readonly target: Target;
  /** 0 to 1: how probable it is that the citizen means it. */
  readonly confidence: number;
  /** How far it is ahead of its rival, in log-odds; below zero: it is not the first. */
  readonly lead: number;
  /** What its best unit and the text share, in weights of words. */
  readonly shared: number;
  /** The things in the text that it is asked for by. */
  readonly things: readonly string[];
  /** The things in the text of which it knows nothing. */
  readonly strangers: readonly string[];
}

export interface Ranking {
  /** Best first; those that share no more with the text than a way of asking are left out. */
  readonly candidates: readonly Candidate[];
  /** The text names something that the content is about. */
  readonly namesSubject: boolean;
}

/** What a text may be about; `place`: titles of where the citizen is, which complete the text. */
export function rankTargets(search: Search, text: string, place = ''): Ranking {
  const key = `${place}\n${text}`;
  const known = search.recent.get(key);
  if (known !== undefined) return known;
  const ranking = rank(search, text, place);
  search.recent.set(key, ranking);
  return ranking;
}

/** Longer messages are stories; their beginning says what they are about as well as all of them. */
const LONGEST_TEXT = 200;
/** Found by words; how they are worded is compared one by one. */
const MOST_COMPARED = 30;
const MOST_CANDIDATES = 8;
/** Less than one word of the content that is not a way of asking. */
const LEAST_SHARED = 0.3;
const OF_PLACE = 0.7;
/** Things that half of the content speaks of do not tell questions apart. */
const OF_DISTINCT_THING = 0.6;

function rank(search: Search, text: string, place: string): Ranking {
  const { index } = search;
  const beginning = text.slice(0, LONGEST_TEXT);
  const message = readMessage(search, beginning);
  const completed = place === '' ? message : complete(message, readMessage(search, place));
  const hits = index.search(completed, MOST_COMPARED).filter(({ shared }) => shared >= LEAST_SHARED);
  const subject = lookAt(search, completed, foldWording(`${place}${beginning}`));
  const judged = hits
    .map((hit) => {
      const evidence = gatherEvidence(subject, hit);
      return { hit, evidence, aptness: aptnessOf(evidence) };
    })
    .toSorted((a, b) => b.aptness - a.aptness)
    .slice(0, MOST_CANDIDATES);
  const words = (completed === message ? subject.things : thingsOf(search, message))
    .filter(({ weight }) => weight >= OF_DISTINCT_THING)
    .map(({ word }) => word);
  const candidates = judged.flatMap(({ hit, evidence, aptness }, position) => {
    const target = search.targets[hit.target];
    if (target === undefined) return [];
    const rival = judged[position === 0 ? 1 : 0];
    const lead = rival === undefined ? MOST_LEAD : Math.min(aptness - rival.aptness, MOST_LEAD);
    const confidence = position === 0 ? confidenceIn(evidence, aptness, lead) : toProbability(aptness);
    const named = (familiarity: number) =>
      words.filter((word) => index.familiarity(hit.target, word) === familiarity);
    return [{ target, confidence, lead, shared: hit.shared, things: named(1), strangers: named(0) }];
  });
  const namesSubject = message.terms.some(({ words }) => words.some((word) => search.subjects.has(word)));
  return { candidates, namesSubject };
}

function complete(message: Message, place: Message): Message {
  const terms = place.terms.map(({ words, credit }) => ({ words, credit: credit * OF_PLACE }));
  return { ...message, terms: [...message.terms, ...terms] };
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
  /** How likely the wording is from somebody who asks for what the account does not answer. */
  readonly outside: number;
}

interface Thing {
  readonly word: string;
  readonly weight: number;
}

function lookAt(search: Search, message: Message, wording: string): Subject {
  const { index, wordings, targets } = search;
  const likelihood = wordings.compare(wording);
  return {
    message,
    index,
    things: thingsOf(search, message),
    mass: index.massOf(message) + message.unknown,
    likelihood,
    outside: likelihood(targets.length),
  };
}

/** What speaks for a hit and against it. */
interface Evidence {
  /** How well its best unit fits. */
  fit: number;
  /** How much more likely the wording is from somebody who asks for it than from anybody; see `WordingModel`. */
  wording: number;
  /** The same of what the account does not answer. */
  outside: number;
  /** What part of the message it knows nothing of. */
  unexplained: number;
  /** Words that were understood, as a logarithm: the more there are, the less an agreement is chance. */
  length: number;
  /** The mass of the things in the message that it does not know, where it is asked for by none. */
  misplaced: number;
}

/** What a hit is judged by. */
function gatherEvidence(
  { index, message, things, mass, likelihood, outside }: Subject,
  hit: SearchHit,
): Evidence {
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
    outside,
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

type Weights = Readonly<Record<keyof Evidence | 'bias', number>>;

/** Two logistic regressions, fitted to the development sets: whether a hit is meant, then whether the best of all is. */
const APTNESS: Weights = {
  bias: -10.1,
  fit: 10.6,
  wording: 0.16,
  outside: 0.12,
  unexplained: -0.48,
  length: 2.58,
  misplaced: -0.91,
};
const CONFIDENCE: Weights & Readonly<Record<'aptness' | 'lead', number>> = {
  bias: 0.33,
  aptness: 0.94,
  lead: 0.32,
  fit: 0.35,
  wording: -0.16,
  outside: -0.19,
  unexplained: -0.13,
  length: -1.01,
  misplaced: 0.24,
};
/** In log-odds; more of a lead says nothing more. */
const MOST_LEAD = 6;

/** In log-odds, how probable it is that a hit is meant, without a look at the others. */
function aptnessOf(evidence: Evidence): number {
  return weigh(evidence, APTNESS);
}

function confidenceIn(evidence: Evidence, aptness: number, lead: number): number {
  return toProbability(weigh(evidence, CONFIDENCE) + CONFIDENCE.aptness * aptness + CONFIDENCE.lead * lead);
}

function weigh(
  { fit, wording, outside, unexplained, length, misplaced }: Evidence,
  weights: Weights,
): number {
  return (
    weights.bias +
    weights.fit * fit +
    weights.wording * wording +
    weights.outside * outside +
    weights.unexplained * unexplained +
    weights.length * length +
    weights.misplaced * misplaced
  );
}

function toProbability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
