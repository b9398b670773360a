import type { Actor } from '../../core/actor.js';
import { systemAccount } from '../../core/permissions.js';
import { notFound } from '../../core/refusals.js';
import type { Transaction } from '../../core/transaction-runner.js';
import { findPasswordFault } from './password-rules.js';
import type { SignInParts } from './sign-in.js';
import {
  demoMember,
  totpAlreadyOn,
  totpNotEnrolled,
  weakPassword,
  wrongCode,
  wrongPassword,
} from './staff-errors.js';
import type { StaffMember } from './staff-member.js';
import type { StaffSession } from './staff-session.js';
import { staffTexts } from './staff-texts.js';

/** What everybody does with their own sign-in. Whoever changes it proves again that they know the password. */
export class OwnAccount {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** @throws UserError `not_found` */
  async find(staffId: string): Promise<StaffMember> {
    const member = await this.#parts.staff.find(staffId);
    if (!member) throw notFound();
    return member;
  }

  /**
   * Ends every session of the person and begins a new one for this browser.
   *
   * @returns its token.
   * @throws UserError `wrong_password`, `weak_password`, `demo_member`, `too_many_attempts`
   */
  async changePassword(actor: Actor, { current, next }: { current: string; next: string }): Promise<string> {
    const { hasher, staff, sessions } = this.#parts;
    const { username, demoPassword } = await this.#proveIdentity(actor, current);
    if (demoPassword !== null) throw demoMember();
    const fault = next === current ? staffTexts.passwordUnchanged : findPasswordFault(next, username);
    if (fault !== null) throw weakPassword(fault);
    const passwordHash = await hasher.hash(next);
    return this.#change(actor, 'password.change', async (tx, member) => {
      await staff.update(tx, member.id, { passwordHash, mustChangePassword: false });
      await sessions.revokeAll(tx, member.id);
      return sessions.open(tx, member.id, actor.from);
    });
  }

  /**
   * Begins two-step sign-in. It is on once `confirmTotp` has seen a first code.
   *
   * @returns the secret for an authenticator app: to be typed, and as the address in a QR code.
   * @throws UserError `wrong_password`, `totp_already_on`, `demo_member`, `too_many_attempts`
   */
  async enrolTotp(actor: Actor, password: string): Promise<{ secret: string; uri: string }> {
    const { demoPassword } = await this.#proveIdentity(actor, password);
    if (demoPassword !== null) throw demoMember();
    return this.#change(actor, 'totp.enrol', async (tx, member) => {
      if (member.totp?.confirmed) throw totpAlreadyOn();
      const { totp, ...shown } = this.#parts.codes.enrol(member);
      await this.#parts.staff.update(tx, member.id, { totp });
      return shown;
    });
  }

  /** @throws UserError `totp_not_enrolled`, `totp_already_on`, `wrong_code`, `too_many_attempts` */
  async confirmTotp(actor: Actor, code: string): Promise<void> {
    const { throttle, staff, codes } = this.#parts;
    const { username } = await this.find(actor.by.staffId);
    await throttle.admit(username, actor.from.address);
    await this.#change(actor, 'totp.confirm', async (tx, { id, totp }) => {
      if (!totp) throw totpNotEnrolled();
      if (totp.confirmed) throw totpAlreadyOn();
      const lastTimeStep = await codes.accept(id, totp, code);
      if (lastTimeStep === null) throw wrongCode();
      await staff.update(tx, id, { totp: { ...totp, confirmed: true, lastTimeStep } });
    });
    await throttle.succeeded(username, actor.from.address);
  }

  /** @throws UserError `wrong_password`, `too_many_attempts` */
  async removeTotp(actor: Actor, password: string): Promise<void> {
    await this.#proveIdentity(actor, password);
    await this.#change(actor, 'totp.remove', (tx, { id }) =>
      this.#parts.staff.update(tx, id, { totp: null }),
    );
  }

  listSessions(staffId: string): Promise<StaffSession[]> {
    return this.#parts.sessions.list(staffId);
  }

  /** Ends one of the person's sessions, maybe this one. @throws UserError `not_found` */
  async revokeSession(actor: Actor, sessionId: string): Promise<void> {
    await this.#change(actor, 'session.revoke', async (tx, { id }) => {
      if (!(await this.#parts.sessions.revoke(tx, id, sessionId))) throw notFound();
    });
  }

  async #proveIdentity(actor: Actor, password: string): Promise<StaffMember> {
    const { hasher, throttle } = this.#parts;
    const member = await this.find(actor.by.staffId);
    await throttle.admit(member.username, actor.from.address);
    if (!(await hasher.matches(password, member.passwordHash))) throw wrongPassword();
    await throttle.succeeded(member.username, actor.from.address);
    return member;
  }

  /** One change of the person's own account, with its record. */
  #change<Result>(
    actor: Actor,
    action: string,
    work: (tx: Transaction, member: StaffMember) => Promise<Result>,
  ): Promise<Result> {
    const { runner, staff, trail } = this.#parts;
    const { staffId } = actor.by;
    return runner.run(async (tx) => {
      const member = await staff.hold(tx, staffId);
      if (!member) throw notFound();
      const result = await work(tx, member);
      const object = { kind: 'staff', id: staffId };
      await trail.append(tx, { ...actor, accountId: systemAccount, action, object, changes: [] });
      return result;
    });
  }
}
