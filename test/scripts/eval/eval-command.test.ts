import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { explainErrors } from '../../../scripts/content/run-command.js';
import { evalCommand } from '../../../scripts/eval/eval-command.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suishen-eval-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function evaluate(messages: readonly unknown[], ...options: string[]) {
  const file = join(folder, 'set.jsonl');
  const lines = messages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message)));
  await writeFile(file, lines.join('\n'));
  const printed: string[] = [];
  const code = await explainErrors(evalCommand)([file, ...options], {
    env: {},
    print: (line) => printed.push(line),
  });
  return { code, printed, text: printed.join('\n') };
}

describe('the eval command', () => {
  it('prints the figures with their intervals and goals, and each confusion', async () => {
    const { code, text, printed } = await evaluate(
      [
        { text: '身份证丢了怎么补办', expect: 'answer', targets: ['id-card-lost'] },
        { text: '身份证丢了怎么补领', expect: 'answer', targets: ['passport-lost'] },
        { text: '公积金怎么提取', expect: 'out_of_scope' },
        { text: '救命', expect: 'emergency' },
        { text: '如何报警', expect: 'innocent' },
      ],
      '--errors',
      '--json',
    );

    expect(code).toBe(0);
    expect(text).toContain('一次答对：1/2 = 50.0%（95% 区间 9.5%–90.5%）目标 ≥ 80.0% 未达到');
    expect(text).toContain('紧急的被发现：1/1 = 100.0%');
    expect(text).toContain('  1 × passport-lost → id-card-lost（答错）');
    expect(text).toContain('身份证丢了怎么补领');
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ eval: { 一次答对: { hits: 1, cases: 2 } } });
  });

  it('names every fault of a file with its line, and judges nothing', async () => {
    const { code, printed } = await evaluate([
      { text: '护照', expect: 'answer', targets: ['gone'] },
      'no json',
      { text: '护照', expect: 'answer' },
      { text: '天气', expect: 'out_of_scope', targets: ['passport'] },
    ]);

    expect(code).toBe(1);
    expect(printed.map((line) => line.replace(/^.*set\.jsonl /, ''))).toEqual([
      '第 1 行：内容里没有 gone',
      expect.stringMatching(/^第 2 行：/),
      '第 3 行：targets answer 要写明 targets',
      '第 4 行：targets 只有 answer 和 innocent 可以有 targets',
    ]);
  });

  it('explains itself', async () => {
    const { code, text } = await evaluate([], '--help');
    expect(code).toBe(0);
    expect(text).toContain('npm run eval');
  });

  it('says which file it cannot read', async () => {
    const printed: string[] = [];
    const code = await explainErrors(evalCommand)([join(folder, 'none.jsonl')], {
      env: {},
      print: (line) => printed.push(line),
    });
    expect([code, printed.length]).toEqual([1, 1]);
    expect(printed[0]).toContain('file_unreadable');
  });
});
