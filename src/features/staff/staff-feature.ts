import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { systemAccount } from '../../core/permissions.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AccessControl } from '../../http/api/access-control.js';
import type { Route } from '../../http/api/route.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { createRateLimiterMongo } from '../../storage/rate-limiter-mongo.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { CommandLineStaff } from './command-line-staff.js';
import { DemoStaff } from './demo-staff.js';
import { OwnAccount } from './own-account.js';
import { PasswordHasher } from './password-hasher.js';
import { RequestExecutor } from './request-executor.js';
import { sessionRoutes } from './session-routes.js';
import { SessionStoreMongo, sessionMigration } from './session-store-mongo.js';
import { Sessions, type SessionLimits } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInThrottle, addressLimit, usernameLimit } from './sign-in-throttle.js';
import { StaffDirectory } from './staff-directory.js';
import { StaffRequestStoreMongo, staffRequestMigration } from './staff-request-store-mongo.js';
import { StaffRequests } from './staff-requests.js';
import { accountRoutes, demoRoutes, staffRoutes, type ServedAccount } from './staff-routes.js';
import { StaffStoreMongo, staffMigration } from './staff-store-mongo.js';
import { TotpCodes } from './totp-codes.js';

export const staffMigrations: readonly Migration[] = [
  staffMigration,
  sessionMigration,
  staffRequestMigration,
];

export interface StaffFeatureOptions {
  connection: MongoConnection;
  trail: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  sessionLimits: SessionLimits;
  /** The accounts served here, as they are called now. */
  accounts: () => readonly ServedAccount[];
  /** Whether the sandbox is on: then demo members can sign in, and are shown to everybody. */
  sandbox: boolean;
  /** A test need not wait for a password to be hashed as slowly as in service. */
  hasher?: PasswordHasher;
}

export interface StaffFeature {
  access: AccessControl;
  routes: readonly Route[];
  demo: DemoStaff;
}

/** Puts the staff slice together on a database. */
export function createStaffFeature(options: StaffFeatureOptions): StaffFeature {
  const { connection, trail, cipher, clock, accounts, sandbox } = options;
  const hasher = options.hasher ?? new PasswordHasher();
  const runner = new TransactionRunnerMongo(connection);
  const staff = new StaffStoreMongo(connection);
  const sessions = new Sessions({
    staff,
    sessions: new SessionStoreMongo(connection),
    limits: options.sessionLimits,
    clock,
    demoAllowed: sandbox,
  });
  const throttle = new SignInThrottle({
    byUsername: createRateLimiterMongo(connection, usernameLimit),
    byAddress: createRateLimiterMongo(connection, addressLimit),
  });
  const codes = new TotpCodes({ cipher, clock });
  const own = { staff, sessions, hasher, codes, throttle, runner, trail };
  const isAccount = (accountId: string) => accounts().some((account) => account.accountId === accountId);
  const requests = new StaffRequests({
    staff,
    requests: new StaffRequestStoreMongo(connection),
    sessions,
    executor: new RequestExecutor({ staff, sessions, trail, clock }),
    hasher,
    runner,
    trail,
    clock,
    isAccount,
  });
  const demo = new DemoStaff({ staff, hasher, runner, trail, clock });
  return {
    access: createAccess(sessions, runner, trail, isAccount),
    demo,
    routes: [
      ...sessionRoutes({ signIn: new SignIn(own), sessions, ownAccount: new OwnAccount(own) }),
      ...accountRoutes(accounts),
      ...staffRoutes(new StaffDirectory({ staff, sessions, runner, trail }), requests),
      ...(sandbox ? demoRoutes(demo) : []),
    ],
  };
}

/** The part of the slice that a command line needs. */
export function createCommandLineStaff(parts: {
  connection: MongoConnection;
  trail: AuditTrail;
  clock: Clock;
  from: Actor['from'];
}): CommandLineStaff {
  const staff = new StaffStoreMongo(parts.connection);
  const sessions = new Sessions({
    staff,
    sessions: new SessionStoreMongo(parts.connection),
    limits: { idleMs: 0, absoluteMs: 0 },
    clock: parts.clock,
    demoAllowed: false,
  });
  const runner = new TransactionRunnerMongo(parts.connection);
  return new CommandLineStaff({ ...parts, staff, sessions, hasher: new PasswordHasher(), runner });
}

function createAccess(
  sessions: Sessions,
  runner: TransactionRunner,
  trail: AuditTrail,
  isAccount: (accountId: string) => boolean,
): AccessControl {
  return {
    async identify(token) {
      const found = await sessions.identify(token);
      if (!found) return null;
      const { member, session } = found;
      const { id: staffId, name, roles, mustChangePassword } = member;
      return { staffId, name, roles, mustChangePassword, sessionId: session.id };
    },
    recordRefusal: ({ actor, accountId, route, code }) =>
      runner.run((tx) =>
        trail.append(tx, {
          ...actor,
          accountId,
          action: 'access.refuse',
          object: { kind: 'route', id: route },
          changes: [],
          reason: code,
        }),
      ),
    isAccount: (accountId) => accountId === systemAccount || isAccount(accountId),
  };
}
