import type { Actor } from '../../core/actor.js';
import { canonicalJson } from '../../core/canonical-json.js';
import type { Clock } from '../../core/clock.js';
import { systemAccount } from '../../core/permissions.js';
import { notFound } from '../../core/refusals.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { AuditChange } from '../audit/audit-event.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { changesBetween } from '../audit/changes-between.js';
import type { Sessions } from './sessions.js';
import { demoMember, nothingToChange, usernameTaken } from './staff-errors.js';
import { newMember, shownInAudit, type StaffMember } from './staff-member.js';
import type { StaffRequest, StaffRequestDetails } from './staff-request.js';
import type { StaffStore } from './staff-store.js';

/** Does what two administrators have agreed on, within the transaction that ends their request. */
export class RequestExecutor {
  readonly #parts: { staff: StaffStore; sessions: Sessions; trail: AuditTrail; clock: Clock };

  constructor(parts: { staff: StaffStore; sessions: Sessions; trail: AuditTrail; clock: Clock }) {
    this.#parts = parts;
  }

  /**
   * @param subject the member concerned; null for an invitation.
   * @param passwordHash of the one-time password, for an invitation or a reset.
   * @throws UserError `not_found`, `username_taken`, `nothing_to_change`, `demo_member`
   */
  async execute(
    tx: Transaction,
    actor: Actor,
    request: StaffRequest,
    subject: StaffMember | null,
    passwordHash: string | null,
  ): Promise<void> {
    const { details } = request;
    if (details.kind === 'invite') {
      const createdAt = new Date(this.#parts.clock.now());
      const member = newMember({ ...details, passwordHash: passwordHash ?? '', createdAt });
      if (!(await this.#parts.staff.insert(tx, member))) throw usernameTaken();
      await this.#record(tx, actor, request, member.id, changesBetween({}, shownInAudit(member)));
      return;
    }
    if (!subject) throw notFound();
    this.requireChange(details, subject);
    const change = changeOf(details, passwordHash);
    await this.#parts.staff.update(tx, subject.id, change);
    await this.#parts.sessions.revokeAll(tx, subject.id);
    const changes = changesBetween(shownInAudit(subject), shownInAudit({ ...subject, ...change }));
    await this.#record(tx, actor, request, subject.id, changes);
  }

  /** @throws UserError `nothing_to_change` when the member is already as asked for; `demo_member` */
  requireChange(details: StaffRequestDetails, { status, roles, demoPassword }: StaffMember): void {
    if (details.kind === 'reset_password' && demoPassword !== null) throw demoMember();
    const isSo =
      (details.kind === 'suspend' && status === 'suspended') ||
      (details.kind === 'reactivate' && status === 'active') ||
      (details.kind === 'change_roles' && canonicalJson(details.roles) === canonicalJson(roles));
    if (isSo) throw nothingToChange();
  }

  async #record(
    tx: Transaction,
    actor: Actor,
    { id, details, reason }: StaffRequest,
    staffId: string,
    changes: readonly AuditChange[],
  ): Promise<void> {
    await this.#parts.trail.append(tx, {
      ...actor,
      accountId: systemAccount,
      action: `staff.${details.kind}`,
      object: { kind: 'staff', id: staffId },
      changes: [...changes, { path: 'request', after: id }],
      reason,
    });
  }
}

function changeOf(
  details: Exclude<StaffRequestDetails, { kind: 'invite' }>,
  passwordHash: string | null,
): Partial<StaffMember> {
  switch (details.kind) {
    case 'change_roles':
      return { roles: details.roles };
    case 'suspend':
      return { status: 'suspended' };
    case 'reactivate':
      return { status: 'active' };
    case 'reset_password':
      return {
        ...(passwordHash !== null && { passwordHash }),
        mustChangePassword: true,
        ...(details.removeTotp && { totp: null }),
      };
  }
}
