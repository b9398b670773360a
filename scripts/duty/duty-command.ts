import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/core/clock.js';
import type { DutyAlert } from '../../src/features/duty/duty-alert.js';
import type { DutyAlerts } from '../../src/features/duty/duty-alerts.js';
import { createDutyFeature, dutyMigrations } from '../../src/features/duty/duty-feature.js';
import { migrate } from '../../src/storage/migrations.js';
import type { Command, Terminal } from '../content/run-command.js';
import { withDatabase } from '../open-database.js';

const usage = `用法：
  npm run duty -- list [--account <公众号>]                  还没有人看的紧急警报，早的在前
  npm run duty -- seen <编号> [--account <公众号>] [--by <姓名>]   记下已经看过`;

const mostListed = 200;

/** `npm run duty -- …`: messages that tell of an emergency, until there is an inbox. */
export const dutyCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { account: { type: 'string' }, by: { type: 'string' } },
  });
  const [verb, id, ...rest] = positionals;
  if (verb === 'list' && id === undefined) {
    return withAlerts(terminal, values.account, async (alerts, account) => {
      const open = await alerts.listOpen(account, mostListed);
      for (const alert of open) terminal.print(describe(alert));
      if (open.length === 0) terminal.print('没有未看的警报');
    });
  }
  if (verb === 'seen' && id !== undefined && rest.length === 0) {
    return withAlerts(terminal, values.account, async (alerts, account) => {
      await alerts.markSeen(account, id, values.by ?? userInfo().username);
      terminal.print(`${id} 已记为看过`);
    });
  }
  terminal.print(usage);
  return 2;
};

async function withAlerts(
  { env }: Terminal,
  account: string | undefined,
  work: (alerts: DutyAlerts, accountId: string) => Promise<void>,
): Promise<number> {
  const { defaultAccount } = readConfig(env);
  await withDatabase(env, async (connection, logger) => {
    await migrate(connection, dutyMigrations);
    const { dutyAlerts } = createDutyFeature({ connection, clock: systemClock, logger });
    await work(dutyAlerts, account ?? defaultAccount);
  });
  return 0;
}

function describe({ id, at, kind, openid, text }: DutyAlert): string {
  const time = at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });
  return [id, time, kind, openid, text.replaceAll(/\s+/g, ' ')].join('  ');
}
