import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A message and whether it tells of an emergency. */
export interface LabelledText {
  text: string;
  isDanger: boolean;
}

const lineSchema = z.object({
  text: z.string().min(1),
  expect: z.enum(['emergency', 'innocent', 'out_of_scope', 'answer']),
});

/** The JSONL files of a folder, each with its lines. */
export async function readExampleFolder(folder: string): Promise<LabelledText[][]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted();
  return Promise.all(files.map((name) => readExamples(join(folder, name))));
}

/** Every line; whatever is no emergency is calm. */
export async function readExamples(file: string): Promise<LabelledText[]> {
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => {
      const { text, expect } = lineSchema.parse(JSON.parse(line));
      return { text, isDanger: expect === 'emergency' };
    });
}
