import type { Clock } from '../../core/clock.js';
import { everyAccount, staffRoles, systemAccount, type StaffRole } from '../../core/permissions.js';
import { roleNames } from '../../core/role-names.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { changesBetween } from '../audit/changes-between.js';
import { makeOneTimePassword } from './one-time-password.js';
import type { PasswordHasher } from './password-hasher.js';
import { newMember, shownInAudit, type StaffMember } from './staff-member.js';
import type { StaffStore } from './staff-store.js';
import { staffTexts } from './staff-texts.js';

export interface DemoSignIn {
  username: string;
  password: string;
  name: string;
  roles: StaffRole[];
}

export interface DemoStaffParts {
  staff: StaffStore;
  hasher: PasswordHasher;
  runner: TransactionRunner;
  trail: AuditTrail;
  clock: Clock;
}

/** Somebody to try the back office as, for every role. Only while the sandbox is on can they sign in. */
export class DemoStaff {
  readonly #parts: DemoStaffParts;

  constructor(parts: DemoStaffParts) {
    this.#parts = parts;
  }

  /** Makes those that are missing; what is there stays. */
  async ensure(): Promise<DemoSignIn[]> {
    const present = await this.#parts.staff.list();
    const taken = new Set(present.map(({ username }) => username));
    const missing = demoMembers.filter(({ username }) => !taken.has(username));
    if (missing.length > 0) await this.#make(missing, present);
    return this.list();
  }

  async list(): Promise<DemoSignIn[]> {
    return (await this.#parts.staff.list()).flatMap(({ username, demoPassword, name, roles, status }) =>
      demoPassword === null || status !== 'active'
        ? []
        : [{ username, password: demoPassword, name, roles: roles.map(({ role }) => role) }],
    );
  }

  /** One password for all of them is easier to read out, and hashed once. */
  async #make(missing: readonly DemoMember[], present: readonly StaffMember[]): Promise<void> {
    const { hasher, clock } = this.#parts;
    const known = present.find(({ demoPassword }) => demoPassword !== null);
    const demoPassword = known?.demoPassword ?? makeOneTimePassword();
    const passwordHash = known?.passwordHash ?? (await hasher.hash(demoPassword));
    for (const { username, name, role } of missing) {
      const roles = [{ accountId: everyAccount, role }];
      const member = newMember({ username, name, roles, passwordHash, createdAt: new Date(clock.now()) });
      await this.#insert({ ...member, mustChangePassword: false, demoPassword });
    }
  }

  async #insert(member: StaffMember): Promise<void> {
    const { runner, staff, trail } = this.#parts;
    await runner
      .run(async (tx) => {
        if (!(await staff.insert(tx, member))) throw new MadeMeanwhile();
        await trail.append(tx, {
          by: { staffId: 'system', name: staffTexts.programName },
          from: { address: '', agent: 'sandbox' },
          accountId: systemAccount,
          action: 'staff.invite',
          object: { kind: 'staff', id: member.id },
          changes: changesBetween({}, shownInAudit(member)),
        });
      })
      .catch((error: unknown) => {
        if (!(error instanceof MadeMeanwhile)) throw error;
      });
  }
}

/** Another process, starting at the same time, was first. */
class MadeMeanwhile extends Error {}

interface DemoMember {
  username: string;
  name: string;
  role: StaffRole;
}

/**
 * One of each; a second administrator to approve what the first asks for, a second editor to review what the first
 * wrote.
 */
const demoMembers: readonly DemoMember[] = [
  ...staffRoles.map((role) => demoMember(role)),
  demoMember('administrator', '-2'),
  demoMember('editor', '-2'),
];

function demoMember(role: StaffRole, suffix = ''): DemoMember {
  const slug = role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const name = staffTexts.demoName(roleNames[role], suffix);
  return { username: `demo-${slug}${suffix}`, name, role };
}
