import type { Target } from '../content-model.js';
import type { Search } from './compile-search.js';
import { aptnessOf, confidenceIn, toProbability } from './confidence.js';
import { findHits } from './evidence.js';

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
  /** How much it reads like what the account does not answer; see `OutsideModel`. */
  readonly outside: number;
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

const MOST_CANDIDATES = 8;
/** Things that half of the content speaks of do not tell questions apart. */
const OF_DISTINCT_THING = 0.6;

function rank(search: Search, text: string, place: string): Ranking {
  const { hits, things, outside, namesSubject } = findHits(search, text, place);
  const judged = hits
    .map(({ hit, evidence }) => ({ hit, aptness: aptnessOf(evidence) }))
    .toSorted((a, b) => b.aptness - a.aptness)
    .slice(0, MOST_CANDIDATES);
  const words = things.filter(({ weight }) => weight >= OF_DISTINCT_THING).map(({ word }) => word);
  const candidates = judged.flatMap(({ hit, aptness }, position) => {
    const target = search.targets[hit.target];
    if (target === undefined) return [];
    const rival = judged[position === 0 ? 1 : 0];
    const lead = rival === undefined ? Infinity : aptness - rival.aptness;
    const confidence = position === 0 ? confidenceIn(aptness, lead, outside) : toProbability(aptness);
    const named = (familiarity: number) =>
      words.filter((word) => search.index.familiarity(hit.target, word) === familiarity);
    return [{ target, confidence, lead, shared: hit.shared, things: named(1), strangers: named(0) }];
  });
  return { candidates, namesSubject, outside };
}
