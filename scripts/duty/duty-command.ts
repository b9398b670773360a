import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { DutyAlertView } from '../../src/features/duty/duty-alert.js';
import type { DutyAlerts } from '../../src/features/duty/duty-alerts.js';
import { createDutyFeature, dutyMigrations } from '../../src/features/duty/duty-feature.js';
import { migrate } from '../../src/storage/migrations.js';
import type { Command, Terminal } from '../content/run-command.js';
import { withDatabase } from '../open-database.js';
import { openFieldCipher } from '../open-field-cipher.js';
import { operator } from '../operator.js';

const usage = `用法：
  npm run duty -- list [--account <公众号>]                  还没有办结的紧急警报，没有人看过的在前
  npm run duty -- seen <编号> [--account <公众号>] [--by <姓名>]   记下已经接手
  npm run duty -- close <编号> --note "<怎么处理的>" [--account <公众号>] [--by <姓名>]`;

const mostListed = 200;

/** `npm run duty -- …`: messages that tell of an emergency, without the console. */
export const dutyCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { account: { type: 'string' }, by: { type: 'string' }, note: { type: 'string' } },
  });
  const [verb, id, ...rest] = positionals;
  if (verb === 'list' && id === undefined) {
    return withAlerts(terminal, values.account, async (alerts, account) => {
      const active = await alerts.list(account, 'active', { limit: mostListed });
      for (const alert of active) terminal.print(describe(alert));
      if (active.length === 0) terminal.print('没有要处理的警报');
    });
  }
  if (id !== undefined && rest.length === 0) {
    const actor = operator(values.by);
    const { note } = values;
    if (verb === 'seen') {
      return withAlerts(terminal, values.account, async (alerts, accountId) => {
        await alerts.markSeen({ accountId, id, actor });
        terminal.print(`${id} 已记为接手`);
      });
    }
    if (verb === 'close' && note !== undefined) {
      return withAlerts(terminal, values.account, async (alerts, accountId) => {
        await alerts.close({ accountId, id, actor, note });
        terminal.print(`${id} 已办结`);
      });
    }
  }
  terminal.print(usage);
  return 2;
};

async function withAlerts(
  { env }: Terminal,
  account: string | undefined,
  work: (alerts: DutyAlerts, accountId: string) => Promise<void>,
): Promise<number> {
  const config = readConfig(env);
  const cipher = await openFieldCipher(config);
  await withDatabase(env, async (connection, logger) => {
    const clock = systemClock;
    await migrate(connection, [...auditMigrations, ...dutyMigrations]);
    const { trail: audit } = createAuditFeature({ connection, clock });
    const { dutyAlerts } = createDutyFeature({ connection, audit, cipher, clock, logger });
    await work(dutyAlerts, account ?? config.defaultAccount);
  });
  return 0;
}

function describe({ id, at, state, seen, kind, openid, text }: DutyAlertView): string {
  const taken = state === 'seen' ? `${seen?.by.name ?? ''}已接手` : '待接手';
  const time = at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });
  const words = text?.replaceAll(/\s+/g, ' ') ?? '（密钥已更换，读不出来）';
  return [id, time, taken, kind, openid, words].join('  ');
}
