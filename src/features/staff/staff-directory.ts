import type { Actor } from '../../core/actor.js';
import { can, everyAccount, systemAccount, type RoleGrant, type StaffRole } from '../../core/permissions.js';
import { forbidden, notFound } from '../../core/refusals.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Sessions } from './sessions.js';
import { foldUsername, mayAdminister, type StaffMember } from './staff-member.js';
import type { StaffStore } from './staff-store.js';

export interface StaffFilter {
  /** Who has a role there. */
  accountId?: string | undefined;
  status?: StaffMember['status'] | undefined;
  /** Who has this role: in the account that is asked for, otherwise in any. */
  role?: StaffRole | undefined;
  /** Occurs in the name or in the username. */
  text?: string | undefined;
}

export interface StaffPage {
  members: StaffMember[];
  /** Ask on with `after` set to this; null: there is no more. */
  next: string | null;
}

type Person = { roles: readonly RoleGrant[] };

/** Who works here, as far as the person who asks may see it. */
export class StaffDirectory {
  readonly #parts: { staff: StaffStore; sessions: Sessions; runner: TransactionRunner; trail: AuditTrail };

  constructor(parts: {
    staff: StaffStore;
    sessions: Sessions;
    runner: TransactionRunner;
    trail: AuditTrail;
  }) {
    this.#parts = parts;
  }

  /** @param after the username at the end of the page before. */
  async list(person: Person, filter: StaffFilter, limit: number, after = ''): Promise<StaffPage> {
    // A government has hundreds of staff, not millions: one read, whatever the filter.
    const all = await this.#parts.staff.list();
    const matching = all.filter(
      (member) =>
        foldUsername(member.username) > foldUsername(after) &&
        mayView(person, member) &&
        fits(member, filter),
    );
    const members = matching.slice(0, limit);
    return { members, next: matching.length > limit ? (members.at(-1)?.username ?? null) : null };
  }

  /**
   * Signs somebody out everywhere.
   * @returns how many sessions there were.
   * @throws UserError `not_found`, `forbidden`
   */
  async revokeSessions(person: Person, actor: Actor, staffId: string): Promise<number> {
    const { staff, sessions, runner, trail } = this.#parts;
    const member = await staff.find(staffId);
    if (!member || !mayView(person, member)) throw notFound();
    if (!mayAdminister(person, member)) throw forbidden();
    return runner.run(async (tx) => {
      const count = await sessions.revokeAll(tx, staffId);
      await trail.append(tx, {
        ...actor,
        accountId: systemAccount,
        action: 'session.revoke_all',
        object: { kind: 'staff', id: staffId },
        changes: [{ path: 'sessions', before: count, after: 0 }],
      });
      return count;
    });
  }
}

/** Somebody without any role is shown to those who administer everything. */
function mayView(person: Person, member: StaffMember): boolean {
  return (
    mayAdminister(person, member) ||
    member.roles.some(({ accountId }) => can(person, 'staff.view', accountId))
  );
}

function fits(member: StaffMember, { accountId, status, role, text }: StaffFilter): boolean {
  const grants = member.roles.filter(
    (grant) =>
      (accountId === undefined || grant.accountId === accountId || grant.accountId === everyAccount) &&
      (role === undefined || grant.role === role),
  );
  return (
    ((accountId === undefined && role === undefined) || grants.length > 0) &&
    (status === undefined || member.status === status) &&
    (text === undefined || foldUsername(`${member.name} ${member.username}`).includes(foldUsername(text)))
  );
}
