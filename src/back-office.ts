import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import { auditMigrations, createAuditFeature } from './features/audit/audit-feature.js';
import type { AuditTrail } from './features/audit/audit-trail.js';
import { createStaffFeature, staffMigrations, type StaffFeature } from './features/staff/staff-feature.js';
import type { ServedAccount } from './features/staff/staff-routes.js';
import { apiRouter } from './http/api/api-router.js';
import type { Route } from './http/api/route.js';
import type { Logger } from './observability/logger.js';
import type { Migration } from './storage/migrations.js';
import type { MongoConnection } from './storage/mongo-connection.js';
import { createRateLimiterMemory } from './storage/rate-limiter-memory.js';
import { rateLimitMigration } from './storage/rate-limiter-mongo.js';

export const backOfficeMigrations: readonly Migration[] = [
  rateLimitMigration,
  ...auditMigrations,
  ...staffMigrations,
];

export interface BackOfficeOptions {
  config: AppConfig;
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
  logger: Logger;
  /** The accounts served here, as they are called now. */
  accounts: () => readonly ServedAccount[];
}

export interface BackOffice {
  trail: AuditTrail;
  staff: StaffFeature;
  /** The staff API with its own routes and those of other features. */
  router(routes: readonly Route[]): ReturnType<typeof apiRouter>;
}

/** A whole office may come from one address; a hundred requests a second are a program out of hand. */
const requestLimit = { name: 'api', limit: 6_000, windowMs: 60_000 };

/** The ground that staff work on: who they are, what they may do, and the record of what they did. */
export function createBackOffice(options: BackOfficeOptions): BackOffice {
  const { config, connection, cipher, clock, logger, accounts } = options;
  const { trail, routes: auditRoutes } = createAuditFeature({ connection, clock });
  const staff = createStaffFeature({
    connection,
    trail,
    cipher,
    clock,
    sessionLimits: config.staffSessions,
    accounts,
    sandbox: config.sandbox,
  });
  return {
    trail,
    staff,
    router: (routes) =>
      apiRouter({
        routes: [...staff.routes, ...auditRoutes, ...routes],
        access: staff.access,
        rateLimiter: createRateLimiterMemory(requestLimit),
        publicUrl: config.publicUrl,
        logger,
      }),
  };
}
