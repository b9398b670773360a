import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { can, everyAccount, systemAccount } from '../../core/permissions.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { changesBetween } from '../audit/changes-between.js';
import { makeOneTimePassword } from './one-time-password.js';
import type { PasswordHasher } from './password-hasher.js';
import type { Sessions } from './sessions.js';
import { administratorsExist, demoMember, unknownUsername, usernameTaken } from './staff-errors.js';
import { newMember, shownInAudit, type StaffMember } from './staff-member.js';
import type { StaffStore } from './staff-store.js';
import { staffTexts } from './staff-texts.js';

export interface CommandLineStaffParts {
  staff: StaffStore;
  sessions: Sessions;
  hasher: PasswordHasher;
  runner: TransactionRunner;
  trail: AuditTrail;
  clock: Clock;
  /** The machine and the command, for the audit trail. */
  from: Actor['from'];
}

/** Two can approve what the other asks for. */
const enoughAdministrators = 2;

/** What whoever runs the server does about staff: the first administrators, and a way back in. */
export class CommandLineStaff {
  readonly #parts: CommandLineStaffParts;

  constructor(parts: CommandLineStaffParts) {
    this.#parts = parts;
  }

  list(): Promise<StaffMember[]> {
    return this.#parts.staff.list();
  }

  /**
   * Makes an administrator of everything, while there are fewer than two.
   *
   * @returns the one-time password.
   * @throws UserError `administrators_exist`, `username_taken`
   */
  async createAdministrator(username: string, name: string): Promise<string> {
    const { staff, hasher, runner, clock } = this.#parts;
    if ((await staff.list()).filter(isAdministrator).length >= enoughAdministrators)
      throw administratorsExist();
    const oneTimePassword = makeOneTimePassword();
    const member = newMember({
      username,
      name,
      roles: [{ accountId: everyAccount, role: 'administrator' }],
      passwordHash: await hasher.hash(oneTimePassword),
      createdAt: new Date(clock.now()),
    });
    await runner.run(async (tx) => {
      if (!(await staff.insert(tx, member))) throw usernameTaken();
      await this.#record(tx, 'staff.invite', null, member);
    });
    return oneTimePassword;
  }

  /**
   * Replaces a forgotten password, takes away the second factor where asked, and ends all sessions of the person.
   *
   * @returns the one-time password.
   * @throws UserError `unknown_username`, `demo_member`
   */
  async resetPassword(username: string, { removeTotp }: { removeTotp: boolean }): Promise<string> {
    const { staff, sessions, hasher, runner } = this.#parts;
    const found = await staff.findByUsername(username);
    if (!found) throw unknownUsername(username);
    if (found.demoPassword !== null) throw demoMember();
    const oneTimePassword = makeOneTimePassword();
    const passwordHash = await hasher.hash(oneTimePassword);
    await runner.run(async (tx) => {
      const before = (await staff.hold(tx, found.id)) ?? found;
      const change = { passwordHash, mustChangePassword: true, ...(removeTotp && { totp: null }) };
      await staff.update(tx, found.id, change);
      await sessions.revokeAll(tx, found.id);
      await this.#record(tx, 'staff.reset_password', before, { ...before, ...change });
    });
    return oneTimePassword;
  }

  async #record(
    tx: Transaction,
    action: string,
    before: StaffMember | null,
    after: StaffMember,
  ): Promise<void> {
    await this.#parts.trail.append(tx, {
      by: { staffId: 'command-line', name: staffTexts.commandLineName },
      from: this.#parts.from,
      accountId: systemAccount,
      action,
      object: { kind: 'staff', id: after.id },
      changes: changesBetween(before ? shownInAudit(before) : {}, shownInAudit(after)),
    });
  }
}

function isAdministrator(member: StaffMember): boolean {
  return (
    member.status === 'active' && member.demoPassword === null && can(member, 'staff.manage', everyAccount)
  );
}
