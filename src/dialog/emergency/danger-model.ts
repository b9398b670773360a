import type { Squeezed } from '../../text/squeeze.js';
import { weighFeatures, type LogisticWeights } from '../../text/learn-weights.js';
import { dangerWeights } from './danger-weights.js';

/**
 * How much a text reads like those of people in danger, learned from labelled examples (`npm run train`): logistic
 * regression over its characters and their pairs. Beside the words of the content, since nobody lists all that people
 * in fear may say. In log-odds: 0 is even, positive speaks for danger. Long texts are judged by their worst clause.
 */
export function weighDanger({ text, breaks }: Squeezed): number {
  weights ??= readWeights(dangerWeights);
  const whole = weighText(text, weights);
  if (breaks.length === 0) return whole;
  return Math.max(whole, weighWorstClause(text, breaks, weights));
}

/** What the model looks at: every character and every pair, the ends of the text included; each once. */
export function dangerFeatures(text: string): Set<string> {
  const framed = `^${text}$`;
  const features = new Set<string>();
  for (let position = 0; position < framed.length - 1; position += 1) {
    features.add(framed.charAt(position));
    features.add(framed.slice(position, position + 2));
  }
  return features;
}

/** The log-odds of what was listened to. */
export function weighText(text: string, weights: LogisticWeights): number {
  return weighFeatures(dangerFeatures(text), weights);
}

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

let weights: LogisticWeights | undefined;

/** A clause says less than all of it, and what is told around danger is often calm. */
const OF_CLAUSE = 1.2;
const SHORTEST_CLAUSE = 4;

function weighWorstClause(text: string, breaks: readonly number[], weights: LogisticWeights): number {
  let worst = Number.NEGATIVE_INFINITY;
  let start = 0;
  for (const end of [...breaks, text.length]) {
    if (end - start >= SHORTEST_CLAUSE) {
      worst = Math.max(worst, weighText(text.slice(start, end), weights) - OF_CLAUSE);
    }
    start = end;
  }
  return worst;
}
