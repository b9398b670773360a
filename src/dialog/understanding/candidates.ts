import { buttonKey } from '../button-key.js';
import type { Target } from '../content-model.js';
import type { Release } from '../release.js';
import type { Candidate } from './rank-targets.js';

/** So sure that it is answered beside another. */
const CERTAIN = 0.85;
/** From here on the best target is the answer; below, it is offered for choice. */
const SURE = 0.8;
/** So good a candidate for another thing makes the best one doubtful. */
const LIKELY = 0.4;
/** In log-odds; less of a lead than this is chance. */
const CLEAR_LEAD = 0.1;
/** More than all others together, and plainly ahead of the next. */
const LIKELIEST = { confidence: 0.5, lead: 0.5 };
/** In log-odds; with such a lead all of a message speaks for one thing. */
const FAR_LEAD = 5;
/** Less than this is no more than a guess. */
const POSSIBLE = 0.1;

export function isCertain({ confidence }: Candidate): boolean {
  return confidence >= CERTAIN;
}

export function isSure({ confidence }: Candidate): boolean {
  return confidence >= SURE;
}

export function isLikely({ confidence }: Candidate): boolean {
  return confidence >= LIKELY;
}

export function isLikeliest({ confidence, lead }: Candidate): boolean {
  return confidence >= LIKELIEST.confidence && lead >= LIKELIEST.lead;
}

export function isPossible({ confidence }: Candidate): boolean {
  return confidence >= POSSIBLE;
}

/** Whether the first candidate is no clear winner: the next one fits as well, or another thing is asked for too. */
export function isContested(first: Candidate, candidates: readonly Candidate[]): boolean {
  return first.lead < CLEAR_LEAD || findRival(first, candidates) !== undefined;
}

/** Another good candidate, where each is asked for by a thing in the message of which the other knows nothing. */
export function findRival(first: Candidate, candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.find(
    (other) => isLikely(other) && isStrangeTo(first, other) && isStrangeTo(other, first),
  );
}

function isStrangeTo({ strangers }: Candidate, { things }: Candidate): boolean {
  return things.some((thing) => strangers.includes(thing));
}

export function isFarAhead({ lead }: Candidate): boolean {
  return lead >= FAR_LEAD;
}

/** Whether a candidate stands somewhere in the list that another one heads. */
export function isBelow({ places }: Release, { target }: Candidate, { target: head }: Candidate): boolean {
  if (!('node' in target) || !('node' in head) || target.node === head.node) return false;
  return places.get(target.node)?.path.includes(head.node) ?? false;
}

export function findCandidate(candidates: readonly Candidate[], target: Target): Candidate | undefined {
  const key = buttonKey(target);
  return candidates.find((candidate) => buttonKey(candidate.target) === key);
}

/** Each target once. */
export function distinct(candidates: readonly Candidate[]): Candidate[] {
  const byTarget = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = buttonKey(candidate.target);
    if (!byTarget.has(key)) byTarget.set(key, candidate);
  }
  return [...byTarget.values()];
}

export function targetsOf(candidates: readonly Candidate[]): Target[] {
  return candidates.map(({ target }) => target);
}

/** The score of a decision: the confidence in the best candidate, in hundredths. */
export function scoreOf(candidates: readonly Candidate[]): { score: number } {
  const best = Math.max(0, ...candidates.map(({ confidence }) => confidence));
  return { score: Math.round(best * 100) / 100 };
}
