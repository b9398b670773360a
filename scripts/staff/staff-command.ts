import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { usernameSchema } from '../../src/api-types/staff.js';
import { systemClock } from '../../src/core/clock.js';
import { everyAccount } from '../../src/core/permissions.js';
import { roleNames } from '../../src/core/role-names.js';
import { createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { CommandLineStaff } from '../../src/features/staff/command-line-staff.js';
import { createCommandLineStaff } from '../../src/features/staff/staff-feature.js';
import type { StaffMember } from '../../src/features/staff/staff-member.js';
import { migrate } from '../../src/storage/migrations.js';
import { backOfficeMigrations } from '../../src/back-office.js';
import type { Command, Terminal } from '../content/run-command.js';
import { withDatabase } from '../open-database.js';

const usage = `用法：
  npm run staff -- create-admin --username <用户名> --name <姓名>   添加管理员（最多到两位，之后在控制台互相批准）
  npm run staff -- list                                            列出人员
  npm run staff -- reset-password --username <用户名> [--remove-totp]  重置密码，--remove-totp 同时关闭两步验证`;

/** `npm run staff -- …`: the first administrators, and a way back in. */
export const staffCommand: Command = async (args, terminal) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      username: { type: 'string' },
      name: { type: 'string' },
      'remove-totp': { type: 'boolean', default: false },
    },
  });
  const [verb, ...rest] = positionals;
  const { username, name } = values;
  if (rest.length === 0 && verb === 'list') return withStaff(terminal, (staff) => list(staff, terminal));
  if (rest.length === 0 && verb === 'create-admin' && username !== undefined && name)
    return createAdmin(username, name, terminal);
  if (rest.length === 0 && verb === 'reset-password' && username !== undefined)
    return resetPassword(username, values['remove-totp'], terminal);
  terminal.print(usage);
  return 2;
};

async function createAdmin(username: string, name: string, terminal: Terminal): Promise<number> {
  const parsed = usernameSchema.safeParse(username);
  if (!parsed.success) {
    terminal.print(parsed.error.issues.map(({ message }) => message).join('\n'));
    return 1;
  }
  const password = await withStaff(terminal, (staff) => staff.createAdministrator(parsed.data, name));
  terminal.print(`管理员 ${username} 的一次性密码：${password}`);
  terminal.print('第一次登录时必须修改；请当面转交，不要留下记录');
  return 0;
}

async function resetPassword(username: string, removeTotp: boolean, terminal: Terminal): Promise<number> {
  const password = await withStaff(terminal, (staff) => staff.resetPassword(username, { removeTotp }));
  terminal.print(`${username} 的一次性密码：${password}`);
  if (removeTotp) terminal.print('两步验证已经关闭');
  return 0;
}

async function list(staff: CommandLineStaff, terminal: Terminal): Promise<number> {
  const members = await staff.list();
  for (const member of members) terminal.print(describe(member));
  if (members.length === 0) terminal.print('还没有人员，请先用 create-admin 添加管理员');
  return 0;
}

function describe({ username, name, status, roles, totp }: StaffMember): string {
  const held = roles.map(({ role, accountId }) => {
    const where = accountId === everyAccount ? '全部公众号' : accountId;
    return `${roleNames[role]}@${where}`;
  });
  const marks = [...(status === 'suspended' ? ['已停用'] : []), ...(totp?.confirmed ? ['两步验证'] : [])];
  return [username, name, held.join('、') || '没有角色', ...marks].join('  ');
}

function withStaff<T>(terminal: Terminal, work: (staff: CommandLineStaff) => Promise<T>): Promise<T> {
  return withDatabase(terminal.env, async (connection) => {
    await migrate(connection, backOfficeMigrations);
    const { trail } = createAuditFeature({ connection, clock: systemClock });
    const from = { address: hostname(), agent: `npm run staff (${userInfo().username})` };
    return work(createCommandLineStaff({ connection, trail, clock: systemClock, from }));
  });
}
