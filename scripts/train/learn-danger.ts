import { finishSlices } from '../../src/core/finish-slices.js';
import { learnWeights, type Example, type LogisticWeights } from '../../src/text/learn-weights.js';

/** A missed emergency is worse than a question too many. */
const weightOfDanger = 2;

/** @param examples those of danger are the positive ones. */
export function learnDanger(examples: readonly Example[]): LogisticWeights {
  return finishSlices(
    learnWeights(examples, { epochs: 60, weightOfPositive: weightOfDanger, leastExamples: 2 }),
  );
}
