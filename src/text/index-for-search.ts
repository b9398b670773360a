import { flatten, sizeOf, type NumberLists } from './number-lists.js';
import { TypedSearchIndex, type IndexParts, type SearchIndex } from './search-index.js';

/** One way of asking for a target: a question, a keyword, a title. */
export interface SearchUnit {
  /** Position of what it leads to. */
  readonly target: number;
  readonly terms: readonly string[];
  /** What it leaves unsaid, since everybody who asks for the target means it. */
  readonly implied: readonly string[];
}

export interface SearchSource {
  /** How many targets there are. */
  readonly targets: number;
  /** Units of one target follow one another. */
  readonly units: readonly SearchUnit[];
  /** For each target the words that it is answered with: they count a little. */
  readonly bodies: readonly (readonly string[])[];
  /** What a word weighs by itself, whoever uses it; 1 is ordinary. */
  readonly emphasis: (term: string) => number;
}

/** Builds the index, a slice at a time. */
export function* indexForSearch(source: SearchSource): Generator<undefined, SearchIndex> {
  const { targets, units, bodies, emphasis } = source;
  const ids = new Map<string, number>();
  const idOf = (word: string) => {
    const known = ids.get(word);
    if (known !== undefined) return known;
    ids.set(word, ids.size);
    return ids.size - 1;
  };
  const unitTerms: number[][] = [];
  const unitImplied: number[][] = [];
  const targetTerms: Set<number>[] = Array.from({ length: targets }, () => new Set());
  for (const [position, { target, terms, implied }] of units.entries()) {
    const own = [...new Set(terms.map(idOf))];
    unitTerms.push(own);
    unitImplied.push(implied.map(idOf));
    for (const id of own) targetTerms[target]?.add(id);
    if (position % SLICE === 0) yield;
  }
  const bodyTerms: Set<number>[] = [];
  for (const [target, words] of bodies.entries()) {
    const known = words.flatMap((word) => ids.get(word) ?? []);
    bodyTerms.push(new Set(known.filter((id) => !targetTerms[target]?.has(id))));
    if (target % SLICE === 0) yield;
  }
  const holders = yield* invert(targetTerms, ids.size);
  const answerers = yield* invert(bodyTerms, ids.size);
  const weights = new Float32Array(ids.size);
  for (const [word, id] of ids) {
    const rarity = Math.log(1 + targets / Math.max(1, sizeOf(holders, id))) / Math.log(1 + targets);
    weights[id] = rarity ** RARITY * emphasis(word);
  }
  yield;
  const terms = yield* flatten(unitTerms);
  const implied = yield* flatten(unitImplied);
  return new TypedSearchIndex({
    ids,
    weights,
    terms,
    implied,
    holders,
    answerers,
    ...rangesOf(units, targets),
    targets,
  });
}

/** Above 1: rare words count more than by their information alone. */
const RARITY = 1.3;
/** Units or targets between two pauses. */
const SLICE = 400;

/** From the terms of each target to the targets of each term. */
function* invert(termsOf: readonly ReadonlySet<number>[], terms: number): Generator<undefined, NumberLists> {
  const targetsOf: number[][] = Array.from({ length: terms }, () => []);
  for (const [target, ids] of termsOf.entries()) {
    for (const id of ids) targetsOf[id]?.push(target);
    if (target % SLICE === 0) yield;
  }
  return yield* flatten(targetsOf);
}

function rangesOf(units: readonly SearchUnit[], targets: number): Pick<IndexParts, 'firstUnits'> {
  const firstUnits = new Uint32Array(targets + 1);
  for (const { target } of units) firstUnits[target + 1] = (firstUnits[target + 1] ?? 0) + 1;
  for (let target = 0; target < targets; target += 1) {
    firstUnits[target + 1] = (firstUnits[target + 1] ?? 0) + (firstUnits[target] ?? 0);
  }
  return { firstUnits };
}
