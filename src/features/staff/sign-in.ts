import type { Actor } from '../../core/actor.js';
import { systemAccount } from '../../core/permissions.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { PasswordHasher } from './password-hasher.js';
import type { Sessions } from './sessions.js';
import type { SignInThrottle } from './sign-in-throttle.js';
import { codeRequired, signInFailed } from './staff-errors.js';
import type { StaffMember } from './staff-member.js';
import type { StaffStore } from './staff-store.js';
import type { TotpCodes } from './totp-codes.js';

export interface SignInParts {
  staff: StaffStore;
  sessions: Sessions;
  hasher: PasswordHasher;
  codes: TotpCodes;
  throttle: SignInThrottle;
  runner: TransactionRunner;
  trail: AuditTrail;
}

export interface SignInAttempt {
  username: string;
  password: string;
  /** Of the authenticator app, for those who have one. */
  code?: string;
}

/** The way in: name, password and, for those who have it, a second factor. */
export class SignIn {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /**
   * @returns the token of a new session.
   * @throws UserError `sign_in_failed`, the same whatever is wrong; `code_required` when only the second factor is
   *   missing; `too_many_attempts`
   */
  async signIn(attempt: SignInAttempt, from: Actor['from']): Promise<string> {
    const { throttle, runner } = this.#parts;
    await throttle.admit(attempt.username, from.address);
    const member = await this.#checkPassword(attempt);
    if (member?.totp?.confirmed && attempt.code === undefined) throw codeRequired();
    const token = member && (await runner.run((tx) => this.#open(tx, member, attempt.code, from)));
    if (!token) {
      await this.#recordFailure(member, from);
      throw signInFailed();
    }
    await throttle.succeeded(attempt.username, from.address);
    return token;
  }

  /** Takes as long for a name that nobody has as for one that somebody has. */
  async #checkPassword({ username, password }: SignInAttempt): Promise<StaffMember | null> {
    const { staff, sessions, hasher } = this.#parts;
    const member = await staff.findByUsername(username);
    const matches = await hasher.matches(password, member?.passwordHash ?? null);
    return member && matches && sessions.maySignIn(member) ? member : null;
  }

  /** @returns null when the code is wrong, or the person has been changed since the password was checked. */
  async #open(
    tx: Transaction,
    checked: StaffMember,
    code: string | undefined,
    from: Actor['from'],
  ): Promise<string | null> {
    const { staff, sessions, codes, trail } = this.#parts;
    const member = await staff.hold(tx, checked.id);
    if (!member || member.passwordHash !== checked.passwordHash || !sessions.maySignIn(member)) return null;
    if (member.totp?.confirmed) {
      const lastTimeStep = await codes.accept(member.id, member.totp, code ?? '');
      if (lastTimeStep === null) return null;
      await staff.update(tx, member.id, { totp: { ...member.totp, lastTimeStep } });
    }
    const token = await sessions.open(tx, member.id, from);
    await trail.append(tx, entry('session.open', member, from));
    return token;
  }

  /** For unknown names, too, and without the name: it may be a password typed into the wrong field. */
  async #recordFailure(member: StaffMember | null, from: Actor['from']): Promise<void> {
    const { runner, trail } = this.#parts;
    await runner.run((tx) => trail.append(tx, entry('session.refuse', member, from)));
  }
}

function entry(action: string, member: StaffMember | null, from: Actor['from']) {
  return {
    accountId: systemAccount,
    by: { staffId: member?.id ?? '', name: member?.name ?? '' },
    from,
    action,
    object: { kind: 'staff', id: member?.id ?? '' },
    changes: [],
  };
}
