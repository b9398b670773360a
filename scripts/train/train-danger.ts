import { writeFile } from 'node:fs/promises';
import { weighText, writeWeights } from '../../src/dialog/emergency/danger-model.js';
import { learnDanger, type DangerExample } from './learn-danger.js';
import { readExampleFolder, readExamples, toExample } from './read-examples.js';
import { readSample } from './read-sample.js';

const folds = 5;

/**
 * Learns how people in danger write, from scripts/train/emergency-examples, and how others do, from there, the second
 * development set and the questions of the content.
 */
export async function trainDanger(root: string): Promise<void> {
  const { rules } = await readSample(root);
  const examples = [
    ...(await readExampleFolder(`${root}scripts/train/emergency-examples`)),
    ...(await readExamples(`${root}test/data/understanding/development-second.jsonl`)),
    ...rules.flatMap(({ questions }) => questions.map((text) => toExample(text, false))),
  ];
  const dangers = examples.filter(({ isDanger }) => isDanger).length;
  console.log(`danger: ${examples.length} examples, ${dangers} of danger`);
  for (const line of crossValidate(examples)) console.log(`  ${line}`);
  const weights = writeWeights(learnDanger(examples));
  await writeFile(
    `${root}src/dialog/emergency/danger-weights.ts`,
    `/** Written by \`npm run train\`: the bias, then each weight in hundredths with its features. */\nexport const dangerWeights = String.raw\`\n${weights}\n\`;\n`,
  );
}

function* crossValidate(examples: readonly DangerExample[]): Generator<string> {
  const scored = Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const isHeld = (index: number) => index % folds === fold;
    const weights = learnDanger(examples.filter((_, index) => !isHeld(index)));
    return examples
      .filter((_, index) => isHeld(index))
      .map(({ text, isDanger }) => ({ odds: weighText(text, weights), isDanger }));
  });
  for (const threshold of [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]) {
    const share = (danger: boolean) => {
      const of = scored.filter(({ isDanger }) => isDanger === danger);
      return ((of.filter(({ odds }) => odds >= threshold).length * 100) / of.length).toFixed(1);
    };
    yield `log-odds from ${threshold}: ${share(true)} % of danger, ${share(false)} % of all else`;
  }
}
