import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.js';
import { contentSchema } from '../../src/dialog/content-model.js';
import { exportContent } from '../../src/features/content/files/export-content.js';
import { checkFiles, readFiles } from './check-files.js';
import { withContent } from './open-content.js';
import type { Command, Terminal } from './run-command.js';

const usage = `用法：
  npm run content -- lint <文件夹> [公众号]      检查 menus/ 和 replies/ 下的内容
  npm run content -- export <公众号> <文件夹>    把正在使用的内容写成文件
  npm run content -- import <公众号> <文件夹>    把文件读进草稿
  npm run content -- schema                      内容的 JSON Schema`;

/** `npm run content -- …`: content between files and the database. */
export const contentCommand: Command = async (args, terminal) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [verb, first, second] = positionals;
  if (verb === 'schema') return printSchema(terminal);
  if (verb === 'lint' && first !== undefined) return lint(first, second, terminal);
  if (verb === 'export' && first !== undefined && second !== undefined) return save(first, second, terminal);
  if (verb === 'import' && first !== undefined && second !== undefined) return load(first, second, terminal);
  terminal.print(usage);
  return 2;
};

function printSchema(terminal: Terminal): number {
  terminal.print(JSON.stringify(z.toJSONSchema(contentSchema, { io: 'input' }), undefined, 2));
  return 0;
}

async function lint(root: string, account: string | undefined, terminal: Terminal): Promise<number> {
  const accounts = account === undefined ? await listAccounts(root) : [account];
  const sound: boolean[] = [];
  for (const one of accounts) sound.push((await checkFiles(root, one, terminal)) !== null);
  return sound.every(Boolean) ? 0 : 1;
}

async function listAccounts(root: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, 'menus'), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new UserError('no_content', `${root} 下没有 menus 文件夹`, { cause: error });
  }
}

async function save(account: string, folder: string, terminal: Terminal): Promise<number> {
  const content = await withContent(terminal.env, (service) => service.findLiveContent(account));
  if (!content) throw new UserError('no_release', `${account} 还没有发布过内容`);
  const { written, removed } = await exportContent(content, folder, account);
  for (const file of written) terminal.print(`写入 ${file}`);
  for (const file of removed) terminal.print(`删除 ${file}`);
  return 0;
}

async function load(account: string, folder: string, terminal: Terminal): Promise<number> {
  const content = await readFiles(folder, account, terminal);
  if (!content) return 1;
  const revision = await withContent(terminal.env, async (service) => {
    const draft = await service.findDraft(account);
    return service.saveDraft({
      accountId: account,
      content,
      by: 'system',
      baseRevision: draft?.revision ?? 0,
    });
  });
  terminal.print(`${account} 的草稿已保存（第 ${revision} 次）`);
  return 0;
}
