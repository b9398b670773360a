import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../src/core/errors.js';
import { initialState } from '../../src/dialog/dialog-state.js';
import { compileRelease, type Release } from '../../src/dialog/release.js';
import { isAsking, type Step } from '../../src/dialog/request.js';
import { stepDialog, type Turn } from '../../src/dialog/step-dialog.js';
import { readFiles } from '../content/check-files.js';
import type { Command, Terminal } from '../content/run-command.js';
import { judgeTurn, type Judgement } from './judge-turn.js';
import { formatHelp, parseLabelledMessages, type LabelledMessage } from './labelled-message.js';
import { confusionLines, figureLines, summarise, tableLines } from './report.js';

const usage = `用法：npm run eval -- [文件.jsonl …] [--account 公众号] [--errors] [--json]
  用 menus/ 和 replies/ 里的内容回答每一条，看答得怎么样。不写文件：test/data/understanding/development.jsonl
  --errors  列出每一条没有一次答对的话
  --json    最后一行是 {"eval": {名称: {hits, cases}}}
${formatHelp}`;

const root = resolve(import.meta.dirname, '../..');
const developmentSet = resolve(root, 'test/data/understanding/development.jsonl');

/** `npm run eval -- …`: how well the dialog understands labelled messages. */
export const evalCommand: Command = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      account: { type: 'string', default: 'pingan-meizhou' },
      errors: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    terminal.print(usage);
    return 0;
  }
  const content = await readFiles(root, values.account, terminal);
  if (content === null) return 1;
  const release = compileRelease({ accountId: values.account, number: 1, hash: 'files', content });
  const files = positionals.length > 0 ? positionals : [developmentSet];
  const messages = await readMessages(files, release, terminal);
  if (messages === null) return 1;
  const judgements = messages.map((message) => judge(message, release));
  const figures = summarise(judgements);
  for (const line of [...tableLines(judgements), '', ...figureLines(figures), '', '混淆：'])
    terminal.print(line);
  for (const line of confusionLines(judgements, values.errors)) terminal.print(line);
  if (values.json) {
    const byName = Object.fromEntries(figures.map(({ name, hits, cases }) => [name, { hits, cases }]));
    terminal.print(JSON.stringify({ eval: byName }));
  }
  return 0;
};

async function readMessages(
  files: readonly string[],
  release: Release,
  terminal: Terminal,
): Promise<LabelledMessage[] | null> {
  const knows = (id: string) =>
    release.replies.has(id) || release.places.has(id) || release.forms.byId.has(id);
  const read = await Promise.all(
    files.map(async (file) => ({ file, ...parseLabelledMessages(await readText(file), knows) })),
  );
  const faults = read.flatMap(({ file, faults }) => faults.map((fault) => `${file} ${fault}`));
  for (const fault of faults) terminal.print(fault);
  return faults.length > 0 ? null : read.flatMap(({ messages }) => messages);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError('file_unreadable', `读不到 ${file}`, { cause: error });
  }
}

/** Each message is the first that its citizen sends. */
function judge(message: LabelledMessage, release: Release): Judgement {
  const step = stepDialog(release, initialState, { kind: 'text', text: message.text }, Date.now());
  return judgeTurn(message, withoutServices(step), release);
}

/** What is answered when every service that is asked first does what it should. */
function withoutServices(step: Step): Turn {
  let current = step;
  while (isAsking(current)) current = current.resume({ kind: 'done', facts: {} });
  return current;
}
