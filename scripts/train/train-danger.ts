import { writeFile } from 'node:fs/promises';
import { pinyin } from 'pinyin-pro';
import { finishSlices } from '../../src/core/finish-slices.js';
import { dangerFeatures } from '../../src/dialog/emergency/danger-features.js';
import { writeWeights } from '../../src/dialog/emergency/danger-model.js';
import { compileEmergency } from '../../src/dialog/emergency/emergency-words.js';
import { hearDangers } from '../../src/dialog/emergency/hear-dangers.js';
import { weighFeatures, type Example } from '../../src/text/learn-weights.js';
import { normaliseText } from '../../src/text/normalise.js';
import { simplify } from '../../src/text/simplify.js';
import { learnDanger } from './learn-danger.js';
import { readExampleFolder, readExamples, type LabelledText } from './read-examples.js';
import { readSample } from './read-sample.js';

/**
 * Learns how people in danger write, from scripts/train/emergency-examples, and how others do, from there, the second
 * development set and the questions of the content.
 */
export async function trainDanger(root: string): Promise<void> {
  const { rules, outside, emergency } = await readSample(root);
  const words = finishSlices(compileEmergency(emergency));
  const questions = [...rules.flatMap((rule) => rule.questions), ...outside];
  const sets: LabelledText[][] = [
    ...(await readExampleFolder(`${root}scripts/train/emergency-examples`)),
    await readExamples(`${root}test/data/understanding/development-second.jsonl`),
    questions.map((text) => ({ text, isDanger: false })),
  ];
  const examples: Example[][] = sets.map((set) =>
    [...set, ...spellSome(set)].map(({ text, isDanger }) => ({
      features: [...dangerFeatures(hearDangers(words, simplify(normaliseText(text)), text))],
      isPositive: isDanger,
    })),
  );
  const all = examples.flat();
  console.log(
    `danger: ${all.length} examples, ${all.filter(({ isPositive }) => isPositive).length} of danger`,
  );
  for (const line of crossValidate(examples)) console.log(`  ${line}`);
  const weights = writeWeights(learnDanger(all));
  await writeFile(
    `${root}src/dialog/emergency/danger-weights.ts`,
    `/** Written by \`npm run train\`: the bias, then each weight in hundredths with its features. */\nexport const dangerWeights = String.raw\`\n${weights}\n\`;\n`,
  );
}

/** Some are written in pinyin, too: hardly anybody who writes examples does so, and some citizens do. */
function spellSome(set: readonly LabelledText[]): LabelledText[] {
  return set.flatMap(({ text, isDanger }, index) =>
    index % ONE_IN === 0 && text.length <= LONGEST_SPELLED
      ? [{ text: pinyin(text, { toneType: 'none', separator: index % 2 === 0 ? ' ' : '' }), isDanger }]
      : [],
  );
}

const ONE_IN = 9;
/** In characters. */
const LONGEST_SPELLED = 16;

/** Each set by what the others teach: a set is of one author, and a further one writes in yet another way. */
function* crossValidate(sets: readonly (readonly Example[])[]): Generator<string> {
  const scored = sets.flatMap((held) => {
    const weights = learnDanger(sets.filter((set) => set !== held).flat());
    return held.map(({ features, isPositive }) => ({
      odds: weighFeatures(new Set(features), weights),
      isPositive,
    }));
  });
  for (const threshold of [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]) {
    const share = (danger: boolean) => {
      const of = scored.filter(({ isPositive }) => isPositive === danger);
      return ((of.filter(({ odds }) => odds >= threshold).length * 100) / of.length).toFixed(1);
    };
    yield `log-odds from ${threshold}: ${share(true)} % of danger, ${share(false)} % of all else`;
  }
}
