/**
 * `npm run train`: learns how people in danger write, from scripts/train/emergency-examples, and how others do, from
 * there, the second development set and the questions of the content. Writes src/dialog/emergency/danger-weights.ts. Prints how well examples are told apart that it
 * had not seen (five folds).
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { weighText, writeWeights } from '../src/dialog/emergency/danger-model.js';
import { loadContentFiles } from '../src/features/content/files/load-content-files.js';
import { learnDanger, type DangerExample } from './train/learn-danger.js';
import { readExampleFolder, readExamples, toExample } from './train/read-examples.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const folds = 5;

const examples = [
  ...(await readExampleFolder(`${root}scripts/train/emergency-examples`)),
  ...(await readExamples(`${root}test/data/understanding/development-second.jsonl`)),
  ...(await readQuestions()),
];
console.log(`${examples.length} examples, ${examples.filter(({ isDanger }) => isDanger).length} of danger`);
for (const line of crossValidate(examples)) console.log(line);
const weights = writeWeights(learnDanger(examples));
await writeFile(
  `${root}src/dialog/emergency/danger-weights.ts`,
  `/** Written by \`npm run train\`: the bias, then each weight in hundredths with its features. */\nexport const dangerWeights = String.raw\`\n${weights}\n\`;\n`,
);

async function readQuestions(): Promise<DangerExample[]> {
  const loaded = await loadContentFiles(root, 'pingan-meizhou');
  if ('faults' in loaded) throw new Error(`the sample content has ${loaded.faults.length} faults`);
  return loaded.content.rules.flatMap(({ questions }) => questions.map((text) => toExample(text, false)));
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
