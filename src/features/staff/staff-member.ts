import { randomUUID } from 'node:crypto';
import { can, everyAccount, type RoleGrant } from '../../core/permissions.js';

/** Somebody who works in the back office. */
export interface StaffMember {
  id: string;
  /** As it was given; unique in its folded form. */
  username: string;
  name: string;
  /** Scrypt, with its parameters. */
  passwordHash: string;
  /** The password was made by the program: until it is replaced, nothing else can be done. */
  mustChangePassword: boolean;
  totp: Totp | null;
  status: 'active' | 'suspended';
  roles: RoleGrant[];
  /** The password of a demo sign-in, for all to read; such a member may sign in only in the sandbox. */
  demoPassword: string | null;
  createdAt: Date;
}

/** The second factor: a secret shared with an authenticator app. */
export interface Totp {
  sealedSecret: string;
  /** False until a first code has shown that the app has the secret. */
  confirmed: boolean;
  /** The time step of the last code that was accepted: no code of it or before it is good again. */
  lastTimeStep: number;
}

/** Somebody who begins to work here, with a password that the program made. */
export function newMember(
  given: Pick<StaffMember, 'username' | 'name' | 'roles' | 'passwordHash' | 'createdAt'>,
): StaffMember {
  const { username, name, roles, passwordHash, createdAt } = given;
  return {
    id: randomUUID(),
    username,
    name,
    passwordHash,
    mustChangePassword: true,
    totp: null,
    status: 'active',
    roles,
    demoPassword: null,
    createdAt,
  };
}

/** What the audit trail may hold of a member: no secret. */
export function shownInAudit({ username, name, status, roles, mustChangePassword, totp }: StaffMember) {
  return { username, name, status, roles, mustChangePassword, totp: totp?.confirmed ?? false };
}

/** Two usernames are one when this is the same. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

/** Whether the person administers every account in which these roles are held; of no role at all: every account. */
export function mayAdminister(
  person: { roles: readonly RoleGrant[] },
  subject: { roles: readonly RoleGrant[] },
): boolean {
  const accounts = subject.roles.map(({ accountId }) => accountId);
  return (accounts.length > 0 ? accounts : [everyAccount]).every((accountId) =>
    can(person, 'staff.manage', accountId),
  );
}
