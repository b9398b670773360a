import { weighFeatures, type LogisticWeights } from '../../text/learn-weights.js';
import { dangerFeatures } from './danger-features.js';
import { dangerWeights } from './danger-weights.js';
import type { Heard } from './hear-dangers.js';

/**
 * How much a message reads like those of people in danger, learned from labelled examples (`npm run train`): logistic
 * regression over `dangerFeatures`. In log-odds: 0 is even, positive speaks for danger.
 */
export function weighDanger(heard: Heard): number {
  weights ??= readWeights(dangerWeights);
  return weighFeatures(dangerFeatures(heard), weights);
}

let weights: LogisticWeights | undefined;

/** Written by `writeWeights`: the bias, then for each weight in hundredths its features. */
export function readWeights(lines: string): LogisticWeights {
  const [bias = '0', ...groups] = lines.trim().split('\n');
  const of = new Map<string, number>();
  for (const group of groups) {
    const [hundredths = '0', ...features] = group.trim().split(' ');
    for (const feature of features) of.set(feature, Number(hundredths) / 100);
  }
  return { bias: Number(bias), of };
}

export function writeWeights({ bias, of }: LogisticWeights): string {
  const groups = new Map<number, string[]>();
  for (const [feature, weight] of of) {
    const hundredths = Math.round(weight * 100);
    if (hundredths === 0) continue;
    const group = groups.get(hundredths);
    if (group === undefined) groups.set(hundredths, [feature]);
    else group.push(feature);
  }
  const lines = [...groups]
    .toSorted(([a], [b]) => b - a)
    .map(([weight, features]) => `${weight} ${features.toSorted().join(' ')}`);
  return [bias.toFixed(4), ...lines].join('\n');
}
