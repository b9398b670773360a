import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.js';
import { parseButtonKey } from '../../src/dialog/button-key.js';
import type { Target } from '../../src/dialog/content-model.js';
import type { ContentService } from '../../src/features/content/content-service.js';
import {
  unansweredStates,
  type UnansweredGroup,
  type UnansweredState,
} from '../../src/features/insights/unanswered.js';
import type { GroupRequest, UnansweredService } from '../../src/features/insights/unanswered-service.js';
import type { Command, Terminal } from '../content/run-command.js';
import { operator } from '../operator.js';
import { withInsights } from './open-insights.js';
import { createTitleFinder } from './title-finder.js';

const usage = `用法：
  npm run unanswered -- list [--account <公众号>] [--state open|attached|dismissed|all] [--limit <条数>]
                                              没有答上来的问题，问得多的在前；默认只列待处理的
  npm run unanswered -- show <编号>            一组问题的各种问法和相近的内容
  npm run unanswered -- attach <编号> --to reply:<回复>|node:<节点> [--by <姓名>]
                                              把问法加进草稿；发布之后生效
  npm run unanswered -- dismiss <编号> --reason "<原因>" [--by <姓名>]
  npm run unanswered -- reopen <编号> [--by <姓名>]   撤销；加进草稿的问法也拿出来`;

const stateNames: Record<UnansweredState, string> = {
  open: '待处理',
  attached: '已归入',
  dismissed: '已忽略',
};

const limitSchema = z.coerce.number().int().min(1).max(1_000);
const stateSchema = z.enum([...unansweredStates, 'all']);

/** `npm run unanswered -- …`: what citizens asked in vain, and where it belongs. */
export const unansweredCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      state: { type: 'string', default: 'open' },
      limit: { type: 'string', default: '50' },
      to: { type: 'string' },
      reason: { type: 'string' },
      by: { type: 'string' },
    },
  });
  const [verb, id, ...rest] = positionals;
  const state = stateSchema.safeParse(values.state);
  const limit = limitSchema.safeParse(values.limit);
  if (verb === 'list' && id === undefined && state.success && limit.success)
    return list(values.account, state.data, limit.data, terminal);
  if (id !== undefined && rest.length === 0) {
    if (verb === 'show') return show(id, terminal);
    const { to, reason, by } = values;
    const request = { id, actor: operator(by) };
    if (verb === 'attach' && to !== undefined) return attach(request, to, terminal);
    if (verb === 'dismiss' && reason !== undefined)
      return change(terminal, (unanswered) => unanswered.dismiss({ ...request, reason }));
    if (verb === 'reopen') return change(terminal, (unanswered) => unanswered.reopen(request));
  }
  terminal.print(usage);
  return 2;
};

async function list(
  accountId: string | undefined,
  state: z.output<typeof stateSchema>,
  limit: number,
  terminal: Terminal,
): Promise<number> {
  const filter = { ...(accountId !== undefined && { accountId }), ...(state !== 'all' && { state }) };
  const groups = await withInsights(terminal.env, ({ unanswered }) => unanswered.list(filter, { limit }));
  for (const group of groups) terminal.print(describeGroup(group));
  terminal.print(groups.length === 0 ? '没有这样的问题' : `共 ${groups.length} 组`);
  return 0;
}

async function show(id: string, terminal: Terminal): Promise<number> {
  return withInsights(terminal.env, async ({ unanswered }, contents) => {
    const { group, wordings } = await unanswered.show(id);
    const titleOf = await openTitles(group.accountId, contents);
    terminal.print(describeGroup(group));
    terminal.print(`  初次 ${formatTime(group.firstSeenAt)}，最近 ${formatTime(group.lastSeenAt)}`);
    if (group.decision) terminal.print(`  ${describeDecision(group, titleOf)}`);
    terminal.print('  问法：');
    for (const { text, messages } of wordings) terminal.print(`    ${messages} 次  ${text}`);
    terminal.print(group.nearest.length === 0 ? '  没有相近的内容' : '  相近的内容：');
    for (const target of group.nearest) terminal.print(`    ${titleOf(target)}`);
    return 0;
  });
}

async function attach(request: GroupRequest, key: string, terminal: Terminal): Promise<number> {
  const to = parseTarget(key);
  return withInsights(terminal.env, async ({ unanswered }, contents) => {
    const { group, attached, revision } = await unanswered.attach({ ...request, to });
    const { added, ruleId } = attached;
    const titleOf = await openTitles(group.accountId, contents);
    terminal.print(`${group.id} 已归入 ${titleOf(to)}`);
    if (added.length === 0) terminal.print(`规则 ${ruleId} 里已经有这些问法，草稿没有变`);
    else terminal.print(`草稿（第 ${revision} 次保存）的规则 ${ruleId} 加了 ${added.length} 个问法：`);
    for (const question of added) terminal.print(`  ${question}`);
    terminal.print(`发布之后生效：npm run publish-content -- ${group.accountId}`);
    return 0;
  });
}

async function change(
  terminal: Terminal,
  work: (unanswered: UnansweredService) => Promise<UnansweredGroup>,
): Promise<number> {
  const group = await withInsights(terminal.env, ({ unanswered }) => work(unanswered));
  terminal.print(describeGroup(group));
  return 0;
}

/** @throws UserError `bad_target` */
function parseTarget(key: string): Target {
  const target = parseButtonKey(key);
  if (target !== null && !('form' in target)) return target;
  throw new UserError('bad_target', `“${key}”应写成 reply:<回复> 或 node:<节点>`);
}

async function openTitles(accountId: string, contents: ContentService): Promise<(target: Target) => string> {
  const draft = await contents.findDraft(accountId);
  return createTitleFinder(draft?.content ?? (await contents.findLiveContent(accountId)));
}

function describeGroup({ id, accountId, state, messages, citizens, title }: UnansweredGroup): string {
  return `${id} ${accountId} ${stateNames[state]} ${messages} 次 ${citizens} 人  ${title}`;
}

function describeDecision(
  { state, decision, messages }: UnansweredGroup,
  titleOf: (to: Target) => string,
): string {
  if (!decision) return '';
  const where = decision.attached ? ` ${titleOf(decision.attached.to)}` : '';
  const since = messages - decision.messages;
  return `${decision.by.name} 于 ${formatTime(decision.at)} ${stateNames[state]}${where}，之后又有 ${since} 次`;
}

function formatTime(at: Date): string {
  return at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
}
