import { parseArgs } from 'node:util';
import { AppointmentStoreMongo } from '../../src/features/appointments/appointment-store-mongo.js';
import type { Command } from '../content/run-command.js';
import { withDatabase } from '../open-database.js';

const usage = `用法：
  npm run appointments -- reconcile [--account <公众号>]
                                      核对每个时段的已占名额与预约记录；没有差异时返回 0`;

/** `npm run appointments -- …`: whether places and appointments tell the same story. */
export const appointmentsCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { account: { type: 'string' } },
  });
  if (positionals.join(' ') !== 'reconcile') {
    terminal.print(usage);
    return 2;
  }
  const differences = await withDatabase(terminal.env, (connection) =>
    new AppointmentStoreMongo(connection).reconcile(values.account),
  );
  for (const { accountId, slotId, taken, records } of differences)
    terminal.print(`${accountId}  ${slotId}  已占 ${taken}  记录 ${records}`);
  terminal.print(differences.length === 0 ? '没有差异' : `${differences.length} 个时段有差异`);
  return differences.length === 0 ? 0 : 1;
};
