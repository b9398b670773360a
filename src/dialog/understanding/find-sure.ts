import type { Release } from '../release.js';
import { findKeywordTarget } from './answer-keyword.js';
import { findCandidate, isSure } from './candidates.js';
import { rankTargets, type Candidate } from './rank-targets.js';

/** What one clause is about, if that is clear: `main` if it may be that. */
export function findSure(release: Release, clause: string, main?: Candidate): Candidate | undefined {
  const { candidates } = rankTargets(release.search, clause);
  const same = main && findCandidate(candidates, main.target);
  if (same !== undefined && isSure(same)) return same;
  const target = findKeywordTarget(release, clause);
  if (target === undefined) return candidates.find(isSure);
  return findCandidate(candidates, target) ?? { ...NAMED, target };
}

/** A keyword that the search does not know. */
const NAMED = { confidence: 1, lead: 1, shared: 0, things: [], strangers: [] };
