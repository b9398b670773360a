import { confidenceWeights } from './confidence-weights.js';
import type { Evidence } from './evidence.js';

/**
 * Two logistic regressions, learned from labelled messages (`npm run train`): whether a hit is meant, without a look at
 * the others; then, whether the best of all is.
 */
export interface ConfidenceWeights {
  readonly aptness: readonly number[];
  readonly confidence: readonly number[];
}

/** In log-odds, how probable it is that a hit is meant. */
export function aptnessOf(evidence: Evidence, { aptness }: ConfidenceWeights = confidenceWeights): number {
  return weigh(aptnessFeatures(evidence), aptness);
}

/** How probable it is that the best hit is meant; `lead`: how much apter it is than the next one. */
export function confidenceIn(
  aptness: number,
  lead: number,
  outside: number,
  { confidence }: ConfidenceWeights = confidenceWeights,
): number {
  return toProbability(weigh(confidenceFeatures(aptness, lead, outside), confidence));
}

/** A wording that is likely by many words is likely indeed, so it counts with their number. */
export function aptnessFeatures({ fit, wording, unexplained, length, misplaced }: Evidence): number[] {
  return [1, fit, wording, wording * length, unexplained, length, misplaced];
}

/** The first steps of a lead tell more than the next ones; so does the step to where the outside is likelier. */
export function confidenceFeatures(aptness: number, lead: number, outside: number): number[] {
  const bounded = Math.max(-MOST_OUTSIDE, Math.min(outside, MOST_OUTSIDE));
  return [1, aptness, Math.log1p(Math.max(0, Math.min(lead, MOST_LEAD))), bounded, toProbability(bounded)];
}

/** In log-odds; more says nothing more. */
const MOST_LEAD = 6;
const MOST_OUTSIDE = 6;

export function toProbability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function weigh(features: readonly number[], weights: readonly number[]): number {
  return features.reduce((sum, feature, index) => sum + feature * (weights[index] ?? 0), 0);
}
