import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.js';
import { understandPhone } from '../../src/dialog/forms/steps/phone-step.js';
import type { MessageKind, MessageView } from '../../src/features/messages/message.js';
import type { Command, Terminal } from '../content/run-command.js';
import { operator } from '../operator.js';
import { withMessages } from './open-messages.js';

const usage = `用法：
  npm run messages -- list [--account <公众号>] [--phone <电话>] [--limit <条数>]
                                      市民的留言和纠错，新的在前；号码打码
  npm run messages -- show <编号> [--account <公众号>]
  npm run messages -- show <编号> --reason "<原因>" [--by <姓名>]
                                      不打码；谁看的、为什么看，会记录下来`;

const kindNames: Record<MessageKind, string> = { message: '留言', correction: '纠错' };
const limitSchema = z.coerce.number().int().min(1).max(1_000);
/** Characters of a text that fit a line of the list. */
const excerptLength = 30;

/** `npm run messages -- …`: what citizens left for the staff, without the console. */
export const messagesCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      phone: { type: 'string' },
      limit: { type: 'string', default: '50' },
      reason: { type: 'string' },
      by: { type: 'string' },
    },
  });
  const [verb, receipt, ...rest] = positionals;
  const limit = limitSchema.safeParse(values.limit);
  if (verb === 'list' && receipt === undefined && limit.success)
    return list(values.account, values.phone, limit.data, terminal);
  if (verb === 'show' && receipt !== undefined && rest.length === 0)
    return show(values.account, receipt, values.reason, values.by, terminal);
  terminal.print(usage);
  return 2;
};

async function list(
  account: string | undefined,
  phone: string | undefined,
  limit: number,
  terminal: Terminal,
): Promise<number> {
  const number = phone === undefined ? undefined : readPhone(phone);
  const found = await withMessages(terminal.env, account, (messages, accountId) =>
    messages.list({ accountId, ...(number !== undefined && { phone: number }) }, { limit }),
  );
  for (const { receipt, kind, at, words } of found) {
    const text = words === null ? unreadable : excerpt(words.text);
    terminal.print([receipt, formatTime(at), kindNames[kind], text, words?.phone ?? ''].join('  ').trimEnd());
  }
  if (found.length === 0) terminal.print('没有留言');
  return 0;
}

async function show(
  account: string | undefined,
  receipt: string,
  reason: string | undefined,
  by: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const message = await withMessages(terminal.env, account, (messages, accountId) =>
    reason === undefined
      ? messages.show(accountId, receipt)
      : messages.disclose({ accountId, receipt, actor: operator(by), reason }),
  );
  for (const line of describe(message)) terminal.print(line);
  return 0;
}

const unreadable = '（密钥已更换，读不出来）';

function describe({ receipt, kind, at, expiresAt, about, words }: MessageView): string[] {
  return [
    `编号：${receipt}（${kindNames[kind]}）`,
    `时间：${formatTime(at)}，${formatTime(expiresAt)} 删除`,
    ...(about ? [`针对的回答：${about.reply}（第 ${about.release} 版）`] : []),
    `内容：${words?.text ?? unreadable}`,
    ...(words?.picture ? [`照片：${words.picture.url}`] : []),
    ...(words?.phone === undefined ? [] : [`电话：${words.phone}`]),
  ];
}

/** As the form reads it, so that the digest is the same. */
function readPhone(phone: string): string {
  const understood = understandPhone(phone);
  if ('fault' in understood) throw new UserError('bad_phone', understood.fault);
  return understood.answer;
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= excerptLength ? line : `${line.slice(0, excerptLength)}…`;
}

/** In Asia/Shanghai, to the minute. */
function formatTime(at: Date): string {
  return at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
}
