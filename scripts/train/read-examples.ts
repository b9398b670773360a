import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { normaliseText } from '../../src/text/normalise.js';
import { simplify } from '../../src/text/simplify.js';
import { squeeze } from '../../src/text/squeeze.js';
import type { DangerExample } from './learn-danger.js';

const lineSchema = z.object({
  text: z.string().min(1),
  expect: z.enum(['emergency', 'innocent', 'out_of_scope', 'answer']),
});

/** Every labelled line of the JSONL files under a folder; whatever is no emergency is calm. */
export async function readExampleFolder(folder: string): Promise<DangerExample[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted();
  return (await Promise.all(files.map((name) => readExamples(join(folder, name))))).flat();
}

export async function readExamples(file: string): Promise<DangerExample[]> {
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => {
      const { text, expect } = lineSchema.parse(JSON.parse(line));
      return toExample(text, expect === 'emergency');
    });
}

export function toExample(text: string, isDanger: boolean): DangerExample {
  return { text: squeeze(simplify(normaliseText(text))).text, isDanger };
}
