import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contentCommand } from '../../../scripts/content/content-command.js';
import { publishCommand } from '../../../scripts/content/publish-command.js';
import { explainErrors, type Command } from '../../../scripts/content/run-command.js';
import { exportContent } from '../../../src/features/content/files/export-content.js';
import { buildContent } from '../../support/content-builder.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'suishen-command-'));
});

afterEach(() => rm(root, { recursive: true }));

async function run(command: Command, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await explainErrors(command)(args, {
    env: { DATA_DIR: root },
    print: (line) => lines.push(line),
  });
  return { code, lines };
}

describe('the content command', () => {
  it('names what is wrong by file, line and column, and fails on errors', async () => {
    await exportContent(buildContent({ settings: { help: 'gone' } }), root, 'demo');
    const { code, lines } = await run(contentCommand, 'lint', root);

    expect(code).toBe(1);
    expect(lines).toContain(
      'menus/demo/settings.yaml:6:7 错误 settings_reply_missing 设置 help 指向的回复“gone”不存在',
    );
    expect(lines.at(-1)).toBe('demo：错误 1，注意 2，待办 1');
  });

  it('names the faults of files that are no content', async () => {
    await exportContent(buildContent(), root, 'demo');
    await writeFile(join(root, 'replies/demo/more.yaml'), 'rules: 1\n');

    expect(await run(contentCommand, 'lint', root, 'demo')).toEqual({
      code: 1,
      lines: ['replies/demo/more.yaml:1:8 错误 wrong_type 应当是列表（每项以 - 开头）'],
    });
  });

  it('looks at every account, and lets warnings pass', async () => {
    await exportContent(buildContent(), root, 'one');
    await exportContent(buildContent(), root, 'other');
    const { code, lines } = await run(contentCommand, 'lint', root);

    expect(code).toBe(0);
    expect(lines.filter((line) => /^(one|other)：错误 0/.test(line))).toHaveLength(2);
  });

  it('prints the schema as JSON Schema', async () => {
    const { code, lines } = await run(contentCommand, 'schema');

    expect(code).toBe(0);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      type: 'object',
      required: ['settings', 'tree', 'emergency', 'replies'],
    });
  });

  it.each([[[]], [['lint']], [['export', 'demo']], [['destroy', 'demo', 'x']], [['lint', '.', '--fast']]])(
    'explains itself when called as %j',
    async (args) => {
      expect((await run(contentCommand, ...args)).code).toBe(2);
    },
  );

  it('says that there is no folder of content', async () => {
    expect(await run(contentCommand, 'lint', join(root, 'nowhere'))).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^no_content: .*nowhere 下没有 menus 文件夹$/)],
    });
  });

  it('says that there is no database', async () => {
    expect(await run(contentCommand, 'export', 'demo', root)).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^no_database: 没有数据库/)],
    });
  });
});

describe('the publish command', () => {
  it('names the errors of the files without asking a database', async () => {
    await exportContent(buildContent({ settings: { help: 'gone' } }), root, 'demo');
    const { code, lines } = await run(publishCommand, 'demo', '--from', root);

    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('settings_reply_missing');
  });

  it.each([[[]], [['demo', 'more']], [['demo', '--form', '.']]])(
    'explains itself when called as %j',
    async (args) => {
      expect((await run(publishCommand, ...args)).code).toBe(2);
    },
  );
});
