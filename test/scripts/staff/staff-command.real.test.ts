import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainErrors } from '../../../scripts/content/run-command.js';
import { staffCommand } from '../../../scripts/staff/staff-command.js';
import { backOfficeMigrations } from '../../../src/back-office.js';
import { AuditStoreMongo } from '../../../src/features/audit/audit-store-mongo.js';
import { PasswordHasher } from '../../../src/features/staff/password-hasher.js';
import { StaffStoreMongo } from '../../../src/features/staff/staff-store-mongo.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
let staff: StaffStoreMongo;

beforeAll(async () => {
  database = await openTestDatabase(backOfficeMigrations);
  staff = new StaffStoreMongo(database.connection);
});

afterAll(() => database.close());

/** In their order: each step begins where the one before ended. */
describe('npm run staff', () => {
  it('says how it is called', async () => {
    for (const args of [[], ['create-admin'], ['create-admin', '--username', 'li'], ['list', 'more']]) {
      const { code, lines } = await run(...args);
      expect([code, lines[0]?.startsWith('用法')]).toEqual([2, true]);
    }
    expect((await run('create-admin', '--colour', 'red')).code).toBe(2);
  });

  it('says that there is nobody yet', async () => {
    expect(await run('list')).toEqual({ code: 0, lines: ['还没有人员，请先用 create-admin 添加管理员'] });
  });

  it('makes an administrator with a one-time password', async () => {
    const { code, lines } = await run('create-admin', '--username', 'li.ming', '--name', '李明');
    expect(code).toBe(0);
    const password = lines[0]!.split('：')[1]!;
    const member = (await staff.findByUsername('li.ming'))!;
    expect(await new PasswordHasher().matches(password, member.passwordHash)).toBe(true);
    expect(member).toMatchObject({
      name: '李明',
      mustChangePassword: true,
      roles: [{ accountId: '*', role: 'administrator' }],
    });
  });

  it('refuses a username that is taken, or odd', async () => {
    expect((await run('create-admin', '--username', 'LI.MING', '--name', '李')).lines).toEqual([
      'username_taken: 这个用户名已经有人用了',
    ]);
    expect((await run('create-admin', '--username', '李明', '--name', '李')).code).toBe(1);
  });

  it('makes a second administrator and no third', async () => {
    expect((await run('create-admin', '--username', 'wang', '--name', '王')).code).toBe(0);
    const { code, lines } = await run('create-admin', '--username', 'zhao', '--name', '赵');
    expect([code, lines[0]?.split(':')[0]]).toEqual([1, 'administrators_exist']);
    expect((await run('list')).lines).toEqual([
      'li.ming  李明  管理员@全部公众号',
      'wang  王  管理员@全部公众号',
    ]);
  });

  it('resets a password', async () => {
    const before = (await staff.findByUsername('wang'))!;
    const { lines } = await run('reset-password', '--username', 'WANG', '--remove-totp');
    const after = (await staff.findByUsername('wang'))!;
    expect(await new PasswordHasher().matches(lines[0]!.split('：')[1]!, after.passwordHash)).toBe(true);
    expect(after.passwordHash).not.toBe(before.passwordHash);
    expect((await run('reset-password', '--username', 'nobody')).lines).toEqual([
      'unknown_username: 没有用户“nobody”',
    ]);
  });

  it('leaves a record of everything', async () => {
    const events = await new AuditStoreMongo(database.connection).list({ accountId: 'system' }, 10);
    expect(events.map(({ action, by }) => [action, by.staffId])).toEqual([
      ['staff.reset_password', 'command-line'],
      ['staff.invite', 'command-line'],
      ['staff.invite', 'command-line'],
    ]);
    expect(events[0]!.from.agent).toMatch(/^npm run staff \(/);
  });
});

async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const terminal = { env: { MONGODB_URI: database.uri }, print: (line: string) => void lines.push(line) };
  return { code: await explainErrors(staffCommand)(args, terminal), lines };
}
