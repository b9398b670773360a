import { dangerFeatures, type DangerWeights } from '../../src/dialog/emergency/danger-model.js';
import { seededRandom } from '../bench/load/random.js';

export interface DangerExample {
  /** Squeezed and simplified. */
  text: string;
  isDanger: boolean;
}

const epochs = 14;
const stepSize = 0.3;
const decay = 1e-4;
/** A missed emergency is worse than a question too many. */
const weightOfDanger = 2;

/**
 * Logistic regression by stochastic gradient descent with AdaGrad steps; the same examples give the same weights.
 * Features of a single example are left out: they could only be learned by heart.
 */
export function learnDanger(examples: readonly DangerExample[]): DangerWeights {
  const rows = examples.map(({ text, isDanger }) => ({ features: [...dangerFeatures(text)], isDanger }));
  const counts = new Map<string, number>();
  for (const { features } of rows)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const of = new Map<string, number>();
  const steps = new Map<string, number>();
  const random = seededRandom(1);
  let bias = -2;
  let biasSteps = 1e-8;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = rows.map((row) => ({ row, rank: random() })).toSorted((a, b) => a.rank - b.rank);
    for (const { row } of order) {
      const scale = 1 / Math.sqrt(row.features.length);
      const known = row.features.filter((feature) => (counts.get(feature) ?? 0) > 1);
      const sum = known.reduce((sum, feature) => sum + (of.get(feature) ?? 0), 0);
      const probability = 1 / (1 + Math.exp(-(bias + sum * scale)));
      const error = row.isDanger ? (probability - 1) * weightOfDanger : probability;
      biasSteps += error * error;
      bias -= (stepSize * error) / Math.sqrt(biasSteps);
      for (const feature of known) {
        const weight = of.get(feature) ?? 0;
        const slope = error * scale + decay * weight;
        const squares = (steps.get(feature) ?? 1e-2) + slope * slope;
        steps.set(feature, squares);
        of.set(feature, weight - (stepSize * slope) / Math.sqrt(squares));
      }
    }
  }
  return { bias, of };
}
