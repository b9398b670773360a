import { parseArgs } from 'node:util';
import { UserError } from '../../src/core/errors.js';
import type { ContentService, PublishOutcome } from '../../src/features/content/content-service.js';
import { checkFiles } from './check-files.js';
import { withContent } from './open-content.js';
import { putUpMenu } from './put-up-menu.js';
import type { Command, Terminal } from './run-command.js';

const usage = `用法：
  npm run publish-content -- <公众号> [--from <文件夹>] [--note <说明>] [--menu]
  没有 --from：发布草稿。--menu：发布后更新微信底部菜单。`;

/** `npm run publish-content -- …`: files, or the draft, become the release that citizens get. */
export const publishCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { from: { type: 'string' }, note: { type: 'string' }, menu: { type: 'boolean' } },
  });
  const [account, ...rest] = positionals;
  if (account === undefined || rest.length > 0) {
    terminal.print(usage);
    return 2;
  }
  const publish = await prepare(account, values.from, values.note ?? '', terminal);
  if (!publish) return 1;
  return withContent(terminal.env, async (service) => {
    const { published, live } = await publish(service);
    const name = `第 ${live.number} 版（${live.hash.slice(0, 12)}）`;
    terminal.print(
      published ? `${account} 已发布${name}` : `${account} 的内容与正在使用的${name}相同，没有新版本`,
    );
    if (values.menu) await showMenu(account, service, terminal);
    return 0;
  });
};

type Publish = (service: ContentService) => Promise<PublishOutcome>;

/** Reads and checks the files first, so that faults are named by line before any database is asked. */
async function prepare(
  account: string,
  from: string | undefined,
  note: string,
  terminal: Terminal,
): Promise<Publish | null> {
  if (from === undefined) return (service) => service.publishDraft(account, 'system', note);
  const content = await checkFiles(from, account, terminal);
  return content && ((service) => service.publish({ accountId: account, content, by: 'system', note }));
}

async function showMenu(account: string, service: ContentService, terminal: Terminal): Promise<void> {
  const content = await service.findLiveContent(account);
  if (!content || content.buttons.length === 0) throw new UserError('no_buttons', '内容里没有底部菜单');
  await putUpMenu(account, content.buttons, terminal.env);
  terminal.print('底部菜单已更新；手机上最多 5 分钟后看到');
}
