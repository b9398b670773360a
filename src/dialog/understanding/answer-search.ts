import type { Target } from '../content-model.js';
import type { Release } from '../release.js';
import { openTarget, type Turn, type Visit } from '../turn.js';
import { findKeywordTarget } from './answer-keyword.js';
import { clausesOf, type Query } from './query.js';
import { distinct, findCandidate, isContested, isLikely, isPossible, isSure, scoreOf } from './candidates.js';
import { rankTargets, type Candidate, type Ranking } from './rank-targets.js';
import { suggest } from './suggest.js';

/** A message is one question if one way of asking holds nearly all that its clauses were found by. */
const ONE_QUESTION = 0.85;

/** Offers an answer for each question where a message asks several. */
export function answerSeveral(visit: Visit, query: Query): Turn | undefined {
  const { release } = visit;
  const clauses = clausesOf(query);
  if (clauses.length === 1) return undefined;
  const whole = rankTargets(release.search, query.words).candidates;
  const sure = distinct(clauses.flatMap((clause) => findSure(release, clause, whole[0]) ?? []));
  if (sure.length < 2) return undefined;
  const together = sure.reduce((sum, { shared }) => sum + shared, 0);
  const most = Math.max(0, ...whole.map(({ shared }) => shared));
  if (most >= together * ONE_QUESTION) return undefined;
  const targets = [...sure, ...whole.filter(isPossible)].map(({ target }) => target);
  return suggest(visit, targets, scoreOf(sure));
}

/** Answers a text by what it is most probably about, or offers what it may be about. */
export function answerSearch(visit: Visit, query: Query): Turn | undefined {
  const ranking = rankTargets(visit.release.search, query.words);
  return (
    answerSurely(visit, ranking.candidates) ??
    answerAtPlace(visit, query, ranking) ??
    answerByClause(visit, query, ranking) ??
    offer(visit, query, ranking)
  );
}

function answerSurely(visit: Visit, candidates: readonly Candidate[]): Turn | undefined {
  const [best] = candidates;
  if (best === undefined || !isSure(best) || isContested(best, candidates)) return undefined;
  return openTarget(visit, best.target, { step: 'search', ...scoreOf([best]) });
}

/** 要多少钱 is about the page that the citizen is reading. */
function answerAtPlace(visit: Visit, { words }: Query, { namesSubject }: Ranking): Turn | undefined {
  const path = visit.frame?.path ?? [];
  if (namesSubject || path.length === 0) return undefined;
  const { places, search } = visit.release;
  const titles = path.flatMap((id) => places.get(id)?.title ?? []).join(' ');
  const { candidates } = rankTargets(search, words, titles);
  const here = candidates.filter(({ target }) => isNear(visit.release, target, path));
  return answerSurely(visit, here);
}

/** The page itself, its siblings, and what lies below. */
function isNear({ places }: Release, target: Target, path: readonly string[]): boolean {
  const above = path.length > 1 ? path.at(-2) : path.at(-1);
  if (!('node' in target) || above === undefined) return false;
  return places.get(target.node)?.path.includes(above) ?? false;
}

/** Much may be told around a question: where one clause surely asks what the message as a whole may ask, that is it. */
function answerByClause(visit: Visit, query: Query, { candidates }: Ranking): Turn | undefined {
  const clauses = clausesOf(query);
  const [best] = candidates;
  if (clauses.length === 1 || best === undefined || !isLikely(best)) return undefined;
  if (isContested(best, candidates)) return undefined;
  const sure = distinct(clauses.flatMap((clause) => findSure(visit.release, clause) ?? []));
  return sure.length === 1 && findCandidate(sure, best.target) !== undefined
    ? openTarget(visit, best.target, { step: 'search', ...scoreOf(sure) })
    : undefined;
}

function offer(visit: Visit, query: Query, { candidates }: Ranking): Turn | undefined {
  const parts = clausesOf(query).flatMap((clause) =>
    rankTargets(visit.release.search, clause).candidates.slice(0, 2),
  );
  const possible = distinct([...candidates.slice(0, 3), ...parts, ...candidates.slice(3)].filter(isPossible));
  return suggest(
    visit,
    possible.map(({ target }) => target),
    scoreOf(possible),
  );
}

/** What one clause is about, if that is clear: `main` if it may be that. */
function findSure(release: Release, clause: string, main?: Candidate): Candidate | undefined {
  const { candidates } = rankTargets(release.search, clause);
  const same = main && findCandidate(candidates, main.target);
  if (same !== undefined && isSure(same)) return same;
  const target = findKeywordTarget(release, clause);
  if (target === undefined) return candidates.find(isSure);
  return (
    findCandidate(candidates, target) ?? {
      target,
      confidence: 1,
      lead: 1,
      shared: 0,
      things: [],
      strangers: [],
    }
  );
}
