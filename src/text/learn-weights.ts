import { seededRandom } from '../core/seeded-random.js';

/** A text as the features that it has, each once, and whether it is of the kind that is to be told apart. */
export interface Example {
  readonly features: readonly string[];
  readonly isPositive: boolean;
}

/** Log-odds: of a text without features, and of each feature. */
export interface LogisticWeights {
  readonly bias: number;
  readonly of: ReadonlyMap<string, number>;
}

export interface LearningOptions {
  /** How often each example is looked at. */
  epochs: number;
  /** What an error about a positive example costs; about any other it costs 1. */
  weightOfPositive: number;
  /** Features of fewer examples are left out: they could only be learned by heart. */
  leastExamples: number;
}

/** The log-odds of a text; longer texts have more features, not more weight. */
export function weighFeatures(features: ReadonlySet<string>, { bias, of }: LogisticWeights): number {
  let sum = 0;
  for (const feature of features) sum += of.get(feature) ?? 0;
  return bias + sum / Math.sqrt(Math.max(1, features.size));
}

const STEP = 0.3;
const DECAY = 1e-4;
/** Examples between two pauses. */
const SLICE = 1_000;

/**
 * Logistic regression by stochastic gradient descent with AdaGrad steps, a slice at a time; the same examples give the
 * same weights.
 */
export function* learnWeights(
  examples: readonly Example[],
  options: LearningOptions,
): Generator<undefined, LogisticWeights> {
  const { names, rows } = yield* numberFeatures(examples, options.leastExamples);
  const weights = new Float64Array(names.length);
  const squares = new Float64Array(names.length).fill(1e-2);
  let bias = 0;
  let biasSquares = 1e-8;
  const random = seededRandom(1);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let last = rows.length - 1; last >= 0; last -= 1) {
      const row = drawRow(rows, last, random);
      if (last % SLICE === 0) yield;
      if (row === undefined) continue;
      const { ids, isPositive, scale } = row;
      let sum = 0;
      for (const id of ids) sum += weights[id] ?? 0;
      const probability = 1 / (1 + Math.exp(-(bias + sum * scale)));
      const error = isPositive ? (probability - 1) * options.weightOfPositive : probability;
      biasSquares += error * error;
      bias -= (STEP * error) / Math.sqrt(biasSquares);
      for (const id of ids) {
        const weight = weights[id] ?? 0;
        const slope = error * scale + DECAY * weight;
        const square = (squares[id] ?? 0) + slope * slope;
        squares[id] = square;
        weights[id] = weight - (STEP * slope) / Math.sqrt(square);
      }
    }
  }
  return { bias, of: new Map(names.map((name, id) => [name, weights[id] ?? 0])) };
}

interface Row {
  readonly ids: readonly number[];
  readonly isPositive: boolean;
  /** Of all its features, those left out included. */
  readonly scale: number;
}

function* numberFeatures(
  examples: readonly Example[],
  leastExamples: number,
): Generator<undefined, { names: string[]; rows: Row[] }> {
  const counts = new Map<string, number>();
  for (const [position, { features }] of examples.entries()) {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    if (position % SLICE === 0) yield;
  }
  const names = [...counts].filter(([, count]) => count >= leastExamples).map(([name]) => name);
  const ids = new Map(names.map((name, id) => [name, id]));
  yield;
  const rows: Row[] = [];
  for (const [position, { features, isPositive }] of examples.entries()) {
    const known = features.flatMap((feature) => ids.get(feature) ?? []);
    rows.push({ ids: known, isPositive, scale: 1 / Math.sqrt(Math.max(1, features.length)) });
    if (position % SLICE === 0) yield;
  }
  return { names, rows };
}

/** Any of the rows up to `last`, which takes its place: a shuffle, one step at a time. */
function drawRow(rows: Row[], last: number, random: () => number): Row | undefined {
  const drawn = Math.floor(random() * (last + 1));
  const row = rows[drawn];
  const other = rows[last];
  if (row === undefined || other === undefined) return undefined;
  rows[drawn] = other;
  rows[last] = row;
  return row;
}
