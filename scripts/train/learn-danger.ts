import { finishSlices } from '../../src/core/finish-slices.js';
import { dangerFeatures } from '../../src/dialog/emergency/danger-features.js';
import type { Heard } from '../../src/dialog/emergency/hear-dangers.js';
import { learnWeights, type LogisticWeights } from '../../src/text/learn-weights.js';

export interface DangerExample {
  heard: Heard;
  isDanger: boolean;
}

/** A missed emergency is worse than a question too many. */
const weightOfDanger = 2;

export function learnDanger(examples: readonly DangerExample[]): LogisticWeights {
  const rows = examples.map(({ heard, isDanger }) => ({
    features: [...dangerFeatures(heard)],
    isPositive: isDanger,
  }));
  return finishSlices(learnWeights(rows, { epochs: 60, weightOfPositive: weightOfDanger, leastExamples: 2 }));
}
