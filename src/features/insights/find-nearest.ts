import type { Target } from '../../dialog/content-model.js';
import type { Release } from '../../dialog/release.js';
import { readQuery } from '../../dialog/understanding/query.js';
import { rankTargets } from '../../dialog/understanding/rank-targets.js';

/** As many as citizens are offered. */
const mostTargets = 5;

/** What a release holds that comes nearest to a question, though not near enough to be an answer; best first. */
export function findNearest({ search }: Release, text: string): Target[] {
  const { candidates } = rankTargets(search, readQuery(text).words);
  return candidates.slice(0, mostTargets).map(({ target }) => target);
}
