import type { Target } from '../content-model.js';
import type { Release } from '../release.js';
import { openTarget, type Turn, type Visit } from '../turn.js';
import { clausesOf, type Query } from './query.js';
import {
  distinct,
  findCandidate,
  isBelow,
  isContested,
  isLikeliest,
  isPossible,
  isSure,
  scoreOf,
  targetsOf,
} from './candidates.js';
import { findSure } from './find-sure.js';
import { rankTargets, type Candidate, type Ranking } from './rank-targets.js';
import { suggest } from './suggest.js';

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
  if (isBroad(visit.release, best, candidates)) return undefined;
  return openTarget(visit, best.target, { step: 'search', ...scoreOf([best]) });
}

/** Whether it heads a list on which something else may be meant: who asks for that is not answered by its heading. */
function isBroad(release: Release, best: Candidate, candidates: readonly Candidate[]): boolean {
  return candidates.some((other) => isPossible(other) && isBelow(release, other, best));
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
  if (clauses.length === 1 || best === undefined || !isLikeliest(best)) return undefined;
  if (isContested(best, candidates) || isBroad(visit.release, best, candidates)) return undefined;
  const sure = distinct(clauses.flatMap((clause) => findSure(visit.release, clause) ?? []));
  return sure.length === 1 && findCandidate(sure, best.target) !== undefined
    ? openTarget(visit, best.target, { step: 'search', ...scoreOf(sure) })
    : undefined;
}

/** The best of the whole message and of each clause, if any of it may be the account's business at all. */
function offer(visit: Visit, query: Query, { candidates }: Ranking): Turn | undefined {
  const parts = clausesOf(query).map((clause) => rankTargets(visit.release.search, clause).candidates);
  const firsts = [candidates, ...parts].flatMap(([first]) => first ?? []);
  if (!firsts.some(isPossible)) return undefined;
  const offered = distinct([
    ...candidates.slice(0, FIRST),
    ...parts.flatMap((part) => part.slice(0, OF_CLAUSE)),
    ...candidates.slice(FIRST),
  ]);
  return suggest(visit, targetsOf(offered), scoreOf(firsts));
}

const FIRST = 3;
const OF_CLAUSE = 2;
