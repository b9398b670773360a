import { isRequest } from '../../text/questions.js';
import type { Release } from '../release.js';
import { openTogether, type Turn, type Visit } from '../turn.js';
import {
  distinct,
  findCandidate,
  isBelow,
  isCertain,
  isContested,
  isFarAhead,
  isLikely,
  isPossible,
  isSure,
  scoreOf,
  targetsOf,
} from './candidates.js';
import { findSure } from './find-sure.js';
import { clausesOf, type Query } from './query.js';
import { rankTargets, type Candidate } from './rank-targets.js';
import { splitJoined } from './split-questions.js';
import { suggest, suggestBelow } from './suggest.js';

/** So much of what its parts were found by, in one way of asking, makes a message one question. */
const ONE_QUESTION = 0.95;
const MAYBE_ONE_QUESTION = 0.85;
/** What is asked is among the first that the message as a whole may be about. */
const AMONG_FIRST = 3;
const MOST_ANSWERS = 3;

/**
 * Answers each question where a message plainly asks several; where it may, and none of them is surely the one, all are
 * offered.
 */
export function answerSeveral(visit: Visit, query: Query): Turn | undefined {
  const { release } = visit;
  const clauses = clausesOf(query);
  const joined = splitJoined(release.search, query.words);
  if (clauses.length === 1 && joined.length === 0) return undefined;
  const whole = rankTargets(release.search, query.words).candidates;
  const [best] = whole;
  const isOfOneThing = best !== undefined && isFarAhead(best);
  for (const parts of isOfOneThing ? [] : joined) {
    const turn = answerTogether(visit, parts, whole);
    if (turn !== undefined) return turn;
  }
  const together = answerTogether(visit, clauses, whole, whole.slice(0, AMONG_FIRST));
  if (together !== undefined) return together;
  if (best !== undefined && isSure(best) && !isContested(best, whole)) return undefined;
  const sure = distinct(clauses.flatMap((clause) => findSure(release, clause, best) ?? []));
  if (sure.length < 2 || isOne(whole, sure, MAYBE_ONE_QUESTION)) return undefined;
  return suggest(visit, targetsOf([...sure, ...whole.filter(isPossible)]), scoreOf(sure));
}

function answerTogether(
  visit: Visit,
  parts: readonly string[],
  whole: readonly Candidate[],
  among?: readonly Candidate[],
): Turn | undefined {
  const found = parts.flatMap((part) => findAsked(visit.release, part) ?? []);
  const asked = distinct(found.filter(({ target }) => among === undefined || findCandidate(among, target)));
  if (asked.length < 2 || asked.length > MOST_ANSWERS || isOne(whole, asked, ONE_QUESTION)) return undefined;
  return openTogether(visit, targetsOf(asked), { step: 'several', ...scoreOf(asked) });
}

/** Whether one way of asking holds nearly all that they were found by. */
function isOne(whole: readonly Candidate[], found: readonly Candidate[], share: number): boolean {
  const together = found.reduce((sum, { shared }) => sum + shared, 0);
  return Math.max(0, ...whole.map(({ shared }) => shared)) >= together * share;
}

/** The answer to a message of several parts, with a list below it of what another part may ask. */
export function offerBeside(visit: Visit, query: Query, turn: Turn): Turn {
  const { release } = visit;
  const parts = ANSWERS_ONE.has(turn.decision.step) ? partsOf(release, query) : [];
  if (parts.length === 0) return turn;
  const isAnnounced = ANNOUNCES_SEVERAL.test(query.text);
  const ofParts = parts.flatMap((part) => findMaybeAsked(release, part, isAnnounced));
  const ofWhole = rankTargets(release.search, query.words).candidates.filter(
    (other) => isLikely(other) && !headsList(release, other),
  );
  const others = distinct([...ofParts, ...ofWhole]).filter((other) => !isGiven(turn, other));
  return suggestBelow(visit, turn, targetsOf(others));
}

/** The clauses of a message, where it has several, and the questions about each of two things named in one breath. */
function partsOf({ search }: Release, query: Query): string[] {
  const clauses = clausesOf(query);
  const several = clauses.length > 1 ? clauses : [];
  const joined = [query.words, ...several].flatMap((text) => splitJoined(search, text)).flat();
  return [...new Set([...several, ...joined])];
}

/** What a part of a message may ask; where that only heads a list, what is on it. */
function findMaybeAsked(release: Release, part: string, isAnnounced: boolean): readonly Candidate[] {
  const { candidates } = rankTargets(release.search, part);
  if (isAnnounced) return candidates.slice(0, OF_ANNOUNCED).filter(isPossible);
  const [best] = candidates;
  if (best === undefined || !(isCertain(best) || (isLikely(best) && isRequest(part)))) return [];
  if (!headsList(release, best)) return [best];
  return candidates.filter((other) => isPossible(other) && isBelow(release, other, best));
}

/** Who says that there is more to ask is offered more. */
const ANNOUNCES_SEVERAL =
  /另外|还有|顺便|还想|以及|其次|再就是|再一个|另一个|[两几]个(?:事|问题)|[两几][件样]事|两样|分别|还要|还得/;
const OF_ANNOUNCED = 2;

const ANSWERS_ONE: ReadonlySet<string> = new Set(['contains', 'pattern', 'search']);

function isGiven({ decision: { node, reply } }: Turn, { target }: Candidate): boolean {
  return 'node' in target ? target.node === node : 'reply' in target && target.reply === reply;
}

/** What a part of a message asks beyond doubt; what only heads a list is no answer. */
function findAsked(release: Release, part: string): Candidate | undefined {
  const [best] = isRequest(part) ? rankTargets(release.search, part).candidates : [];
  return best !== undefined && isCertain(best) && !headsList(release, best) ? best : undefined;
}

function headsList({ places }: Release, { target }: Candidate): boolean {
  return 'node' in target && (places.get(target.node)?.children.size ?? 0) > 0;
}
