import { readFile, writeFile } from 'node:fs/promises';
import type { Target } from '../../src/dialog/content-model.js';
import { compileRelease, type Release } from '../../src/dialog/release.js';
import {
  aptnessFeatures,
  aptnessOf,
  confidenceFeatures,
  confidenceIn,
  type ConfidenceWeights,
} from '../../src/dialog/understanding/confidence.js';
import { findHits, type Findings } from '../../src/dialog/understanding/evidence.js';
import { readQuery } from '../../src/dialog/understanding/query.js';
import { parseLabelledMessages, type LabelledMessage } from '../eval/labelled-message.js';
import { fitLogistic } from './fit-logistic.js';
import { readSample } from './read-sample.js';
import { withoutLikes } from './without-likes.js';

const sets = ['development', 'development-second', 'third-author', 'fourth-author'];

/** What the search finds for a labelled message. */
interface Sample {
  set: string;
  message: LabelledMessage;
  outside: number;
  hits: { evidence: Findings['hits'][number]['evidence']; isMeant: boolean }[];
}

/**
 * Learns from the labelled sets how sure the search may be of what it finds. The figures printed are those of each set
 * with the weights that the other sets give.
 */
export async function trainConfidence(root: string): Promise<void> {
  const labelled: { set: string; message: LabelledMessage }[] = [];
  for (const set of sets) {
    const file = await readFile(`${root}test/data/understanding/${set}.jsonl`, 'utf8');
    const { messages } = parseLabelledMessages(file, () => true);
    labelled.push(...messages.filter(isAboutTargets).map((message) => ({ set, message })));
  }
  const content = withoutLikes(
    await readSample(root),
    labelled.map(({ message }) => message.text),
  );
  const release = compileRelease({ accountId: 'train', number: 1, hash: 'files', content });
  const samples = labelled.map(({ set, message }) => toSample(set, message, release));
  console.log(`confidence: ${samples.length} messages`);
  for (const line of crossValidate(samples)) console.log(`  ${line}`);
  await writeFile(`${root}src/dialog/understanding/confidence-weights.ts`, toModule(fit(samples)));
}

function isAboutTargets({ expect, targets }: LabelledMessage): boolean {
  return expect === 'out_of_scope' || targets.length > 0;
}

function toSample(set: string, message: LabelledMessage, release: Release): Sample {
  const { hits, outside } = findHits(release.search, readQuery(message.text).words, '');
  return {
    set,
    message,
    outside,
    hits: hits.map(({ hit, evidence }) => ({
      evidence,
      isMeant: isOneOf(message.targets, release, release.search.targets[hit.target]),
    })),
  };
}

function isOneOf(ids: readonly string[], { places }: Release, target: Target | undefined): boolean {
  if (target === undefined) return false;
  if ('reply' in target) return ids.includes(target.reply);
  if ('form' in target) return ids.includes(target.form);
  return ids.includes(target.node) || ids.includes(places.get(target.node)?.reply ?? target.node);
}

/** First whether a hit is meant; then, by the aptness that follows, whether the best of a message is. */
function fit(samples: readonly Sample[]): ConfidenceWeights {
  const aptness = fitLogistic(
    samples.flatMap(({ hits }) =>
      hits.map(({ evidence, isMeant }) => ({ features: aptnessFeatures(evidence), isTrue: isMeant })),
    ),
  );
  // Of several questions no single answer is right.
  const single = samples.filter(({ message }) => !message.all);
  const confidence = fitLogistic(
    single.flatMap((sample) => {
      const best = bestOf(sample, { aptness, confidence: [] });
      if (best === undefined) return [];
      const features = confidenceFeatures(best.aptness, best.lead, sample.outside);
      return [{ features, isTrue: best.isMeant }];
    }),
  );
  return { aptness, confidence };
}

function bestOf({ hits }: Sample, weights: ConfidenceWeights) {
  const [best, next] = hits
    .map(({ evidence, isMeant }) => ({ isMeant, aptness: aptnessOf(evidence, weights) }))
    .toSorted((a, b) => b.aptness - a.aptness);
  return best && { ...best, lead: next === undefined ? Infinity : best.aptness - next.aptness };
}

function* crossValidate(samples: readonly Sample[]): Generator<string> {
  for (const set of sets) {
    const weights = fit(samples.filter((sample) => sample.set !== set));
    const held = samples.filter((sample) => sample.set === set && !sample.message.all);
    for (const threshold of [0.6, 0.7, 0.8]) {
      const sure = held.flatMap((sample) => {
        const best = bestOf(sample, weights);
        if (best === undefined) return [];
        const isSure = confidenceIn(best.aptness, best.lead, sample.outside, weights) >= threshold;
        return isSure ? [{ isMeant: best.isMeant, isOutside: sample.message.targets.length === 0 }] : [];
      });
      const inside = held.filter(({ message }) => message.targets.length > 0).length;
      const share = (count: number, of: number) => `${((count * 100) / of).toFixed(1)} %`;
      const right = sure.filter(({ isMeant }) => isMeant).length;
      const wrong = sure.filter(({ isMeant, isOutside }) => !isMeant && !isOutside).length;
      const outside = sure.filter(({ isOutside }) => isOutside).length;
      yield `${set}, sure from ${threshold}: right ${share(right, inside)}, wrong ${share(wrong, inside)}, outside answered ${share(outside, held.length - inside)}`;
    }
  }
}

function toModule({ aptness, confidence }: ConfidenceWeights): string {
  const list = (weights: readonly number[]) => weights.map((weight) => Number(weight.toFixed(3))).join(', ');
  return `/** Written by \`npm run train\`; what each weight is for: see \`confidence.ts\`. */
export const confidenceWeights = {
  aptness: [${list(aptness)}],
  confidence: [${list(confidence)}],
};
`;
}
