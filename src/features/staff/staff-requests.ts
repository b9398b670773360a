import { randomUUID } from 'node:crypto';
import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { everyAccount, systemAccount, type RoleGrant } from '../../core/permissions.js';
import { forbidden, notFound } from '../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { makeOneTimePassword } from './one-time-password.js';
import type { PasswordHasher } from './password-hasher.js';
import type { RequestExecutor } from './request-executor.js';
import type { Sessions } from './sessions.js';
import {
  noSecondAdministrator,
  requestDecided,
  requestExpired,
  requestPending,
  unknownAccount,
  usernameTaken,
} from './staff-errors.js';
import { foldUsername, mayAdminister, type StaffMember } from './staff-member.js';
import type { StaffRequest, StaffRequestDetails, StaffRequestVerdict } from './staff-request.js';
import type { StaffRequestSelection, StaffRequestStore } from './staff-request-store.js';
import type { StaffStore } from './staff-store.js';
import { staffTexts } from './staff-texts.js';

export interface StaffRequestsParts {
  staff: StaffStore;
  requests: StaffRequestStore;
  sessions: Sessions;
  executor: RequestExecutor;
  hasher: PasswordHasher;
  runner: TransactionRunner;
  trail: AuditTrail;
  clock: Clock;
  isAccount: (accountId: string) => boolean;
}

/** A request, and whom it is about as they are now; somebody who is to be invited has no roles yet. */
export interface KnownStaffRequest extends StaffRequest {
  person: Pick<StaffMember, 'username' | 'name' | 'roles'>;
}

export interface StaffRequestPage {
  requests: KnownStaffRequest[];
  /** Ask on with `after` set to this; null: there is no more. */
  next: string | null;
}

export interface Decided {
  request: KnownStaffRequest;
  /** Of the person invited or whose password was reset: shown once, to be handed over by whoever approved. */
  oneTimePassword: string | null;
}

const lifeMs = 7 * 24 * 60 * 60_000;
const readAtOnce = 200;

/**
 * What no administrator does alone: one asks, another approves. Nobody does either for themselves, and both must
 * administer every account in which the person concerned has, or is to have, a role.
 */
export class StaffRequests {
  readonly #parts: StaffRequestsParts;

  constructor(parts: StaffRequestsParts) {
    this.#parts = parts;
  }

  /**
   * @throws UserError `forbidden`, `not_found`, `unknown_account`, `username_taken`, `nothing_to_change`,
   *   `request_pending`, `no_second_administrator`
   */
  async make(actor: Actor, details: StaffRequestDetails, reason: string): Promise<KnownStaffRequest> {
    const { runner, requests, trail, clock } = this.#parts;
    const now = clock.now();
    const request: StaffRequest = {
      id: randomUUID(),
      details,
      subject: subjectOf(details),
      reason,
      by: actor.by,
      at: new Date(now),
      expiresAt: new Date(now + lifeMs),
      state: 'pending',
      decision: null,
    };
    await this.#checkDetails(actor, details);
    await runner.run(async (tx) => {
      if (!(await requests.insert(tx, request))) throw requestPending();
      await trail.append(tx, { ...entryFor(actor, 'staff-request.make', request), reason });
    });
    return this.#describe(request);
  }

  /**
   * Those about people whom this person administers, the newest first.
   * @param selection `open`: whether they can still be decided; `after`: the `next` of the page before.
   */
  async list(
    person: { roles: readonly RoleGrant[] },
    { open, after }: { open?: boolean; after?: string },
    limit: number,
  ): Promise<StaffRequestPage> {
    const { staff, requests, clock } = this.#parts;
    const members = new Map((await staff.list()).map((member) => [member.id, member]));
    const found: KnownStaffRequest[] = [];
    const selection: StaffRequestSelection = {
      ...(open !== undefined && { open: { is: open, at: new Date(clock.now()) } }),
      ...(after !== undefined && { after }),
    };
    for (;;) {
      const read = await requests.list(selection, readAtOnce);
      for (const request of read) {
        const subject = memberOf(request.details, members);
        if (!concerned(request.details, subject).every(mayBeSeenBy(person))) continue;
        if (found.length === limit) return { requests: found, next: found.at(-1)?.id ?? null };
        found.push(this.#asOfNow(withPerson(request, subject)));
      }
      const last = read.at(-1);
      if (!last || read.length < readAtOnce) return { requests: found, next: null };
      selection.after = last.id;
    }
  }

  /**
   * Approves or refuses. Refusing one's own request withdraws it.
   *
   * @throws UserError `not_found`, `forbidden`, `request_decided`, `request_expired`, and what had become impossible
   *   since the request was made
   */
  async decide(actor: Actor, requestId: string, verdict: StaffRequestVerdict): Promise<Decided> {
    const request = await this.#parts.requests.find(requestId);
    if (!request) throw notFound();
    const oneTimePassword =
      verdict.verdict === 'approve' && needsPassword(request.details) ? makeOneTimePassword() : null;
    // Before the transaction: it takes long.
    const passwordHash = oneTimePassword === null ? null : await this.#parts.hasher.hash(oneTimePassword);
    await this.#parts.runner.run((tx) =>
      verdict.verdict === 'approve'
        ? this.#approve(tx, actor, request, passwordHash)
        : this.#refuse(tx, actor, request, verdict.reason),
    );
    const decided = (await this.#parts.requests.find(requestId)) ?? request;
    return { request: await this.#describe(decided), oneTimePassword };
  }

  async #describe(request: StaffRequest): Promise<KnownStaffRequest> {
    const { details } = request;
    return withPerson(request, 'staffId' in details ? await this.#parts.staff.find(details.staffId) : null);
  }

  async #approve(
    tx: Transaction,
    actor: Actor,
    request: StaffRequest,
    passwordHash: string | null,
  ): Promise<void> {
    if (request.by.staffId === actor.by.staffId) throw forbidden(staffTexts.notYourOwnRequest);
    const { subject } = await this.#holdAll(tx, request, [request.by.staffId, actor.by.staffId]);
    await this.#end(tx, actor, request, 'approved');
    await this.#parts.executor.execute(tx, actor, request, subject, passwordHash);
  }

  async #refuse(tx: Transaction, actor: Actor, request: StaffRequest, reason?: string): Promise<void> {
    await this.#holdAll(tx, request, [actor.by.staffId]);
    const state = request.by.staffId === actor.by.staffId ? 'withdrawn' : 'refused';
    await this.#end(tx, actor, request, state, reason);
  }

  async #end(
    tx: Transaction,
    actor: Actor,
    request: StaffRequest,
    state: 'approved' | 'refused' | 'withdrawn',
    reason?: string,
  ): Promise<void> {
    const { requests, trail, clock } = this.#parts;
    const at = new Date(clock.now());
    const why = reason === undefined ? {} : { reason };
    if (!(await requests.decide(tx, request.id, state, { by: actor.by, at, ...why }))) {
      throw request.state === 'pending' && request.expiresAt <= at ? requestExpired() : requestDecided();
    }
    await trail.append(tx, { ...entryFor(actor, `staff-request.${verbs[state]}`, request), ...why });
  }

  /**
   * The people that a decision touches, as they are now, and so that they stay so until it is done: two decisions
   * at once cannot take from each other the right to decide.
   */
  async #holdAll(
    tx: Transaction,
    { details, subject: subjectId }: StaffRequest,
    deciders: readonly string[],
  ) {
    const held = new Map<string, StaffMember | null>();
    // In one order: of two transactions that meet, one gets through.
    for (const id of [...new Set([subjectId, ...deciders])].sort()) {
      held.set(id, await this.#parts.staff.hold(tx, id));
    }
    const subject = held.get(subjectId) ?? null;
    for (const id of deciders) requireAdministrator(held.get(id) ?? null, details, subject);
    return { subject };
  }

  async #checkDetails(actor: Actor, details: StaffRequestDetails): Promise<void> {
    const { staff, sessions, executor } = this.#parts;
    const members = await staff.list();
    const find = (id: string) => members.find((member) => member.id === id) ?? null;
    const subject = 'staffId' in details ? find(details.staffId) : null;
    if ('staffId' in details && !subject) throw notFound();
    requireAdministrator(find(actor.by.staffId), details, subject);
    this.#checkAccounts('roles' in details ? details.roles : []);
    if (details.kind === 'invite' && (await staff.findByUsername(details.username))) throw usernameTaken();
    if (subject) executor.requireChange(details, subject);
    const others = members.filter((one) => one.id !== actor.by.staffId && sessions.maySignIn(one));
    if (!others.some((other) => isAdministratorOf(other, details, subject))) throw noSecondAdministrator();
  }

  #checkAccounts(roles: readonly RoleGrant[]): void {
    const unknown = roles.find(
      ({ accountId }) =>
        accountId !== everyAccount && (accountId === systemAccount || !this.#parts.isAccount(accountId)),
    );
    if (unknown) throw unknownAccount(unknown.accountId);
  }

  #asOfNow(request: KnownStaffRequest): KnownStaffRequest {
    const isOverdue = request.state === 'pending' && request.expiresAt.getTime() <= this.#parts.clock.now();
    return isOverdue ? { ...request, state: 'expired' } : request;
  }
}

const verbs = { approved: 'approve', refused: 'refuse', withdrawn: 'withdraw' } as const;

function subjectOf(details: StaffRequestDetails): string {
  return details.kind === 'invite' ? foldUsername(details.username) : details.staffId;
}

function needsPassword({ kind }: StaffRequestDetails): boolean {
  return kind === 'invite' || kind === 'reset_password';
}

function withPerson(request: StaffRequest, subject: StaffMember | null): KnownStaffRequest {
  const { details } = request;
  const { username, name } = details.kind === 'invite' ? details : (subject ?? { username: '', name: '' });
  return { ...request, person: { username, name, roles: subject?.roles ?? [] } };
}

function memberOf(
  details: StaffRequestDetails,
  members: ReadonlyMap<string, StaffMember>,
): StaffMember | null {
  return 'staffId' in details ? (members.get(details.staffId) ?? null) : null;
}

/** The roles as they are and as they are to be: whoever decides must administer both. */
function concerned(details: StaffRequestDetails, subject: StaffMember | null) {
  return [...(subject ? [subject] : []), ...('roles' in details ? [details] : [])];
}

function mayBeSeenBy(person: { roles: readonly RoleGrant[] }) {
  return (subject: { roles: readonly RoleGrant[] }) => mayAdminister(person, subject);
}

function isAdministratorOf(
  person: StaffMember,
  details: StaffRequestDetails,
  subject: StaffMember | null,
): boolean {
  return (
    person.status === 'active' &&
    person.id !== subject?.id &&
    concerned(details, subject).every(mayBeSeenBy(person))
  );
}

function requireAdministrator(
  person: StaffMember | null,
  details: StaffRequestDetails,
  subject: StaffMember | null,
): void {
  if (person && person.id === subject?.id) throw forbidden(staffTexts.notAboutYourself);
  if (!person || !isAdministratorOf(person, details, subject)) throw forbidden();
}

function entryFor(actor: Actor, action: string, { id, details }: StaffRequest) {
  return {
    ...actor,
    accountId: systemAccount,
    action,
    object: { kind: 'staff-request', id },
    changes: [{ path: 'details', after: details }],
  };
}
