import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../../src/config.js';
import type { Command, Terminal } from '../content/run-command.js';
import { withInsights } from './open-insights.js';
import { createTitleFinder } from './title-finder.js';

const usage = `用法：
  npm run feedback -- list [--account <公众号>] [--release <版本号>]
                                              市民说“有用”“没用”的次数，没用最多的在前`;

const mostListed = 1_000;
const releaseSchema = z.coerce.number().int().min(1).optional();

/** `npm run feedback -- …`: what citizens think of the answers. */
export const feedbackCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { account: { type: 'string' }, release: { type: 'string' } },
  });
  const [verb, ...rest] = positionals;
  const release = releaseSchema.safeParse(values.release);
  if (verb === 'list' && rest.length === 0 && release.success) {
    const account = values.account ?? readConfig(terminal.env).defaultAccount;
    return list(account, release.data, terminal);
  }
  terminal.print(usage);
  return 2;
};

async function list(account: string, release: number | undefined, terminal: Terminal): Promise<number> {
  return withInsights(terminal.env, async ({ ratings }, contents) => {
    const page = { limit: mostListed, ...(release !== undefined && { release }) };
    const rated = await ratings.list(account, page);
    const titleOf = createTitleFinder(await contents.findLiveContent(account));
    for (const { reply, release, useful, useless } of rated)
      terminal.print(`第 ${release} 版  有用 ${useful}  没用 ${useless}  ${titleOf({ reply })}`);
    if (rated.length === 0) terminal.print(`${account} 还没有市民评价`);
    return 0;
  });
}
