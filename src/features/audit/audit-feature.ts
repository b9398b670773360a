import type { Clock } from '../../core/clock.js';
import type { Route } from '../../http/api/route.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { auditRoutes } from './audit-routes.js';
import { AuditStoreMongo, auditMigration } from './audit-store-mongo.js';
import { AuditTrail } from './audit-trail.js';

export const auditMigrations: readonly Migration[] = [auditMigration];

/** Puts the audit slice together on a database. */
export function createAuditFeature(parts: { connection: MongoConnection; clock: Clock }): {
  trail: AuditTrail;
  routes: readonly Route[];
} {
  const trail = new AuditTrail({ store: new AuditStoreMongo(parts.connection), clock: parts.clock });
  return { trail, routes: auditRoutes(trail) };
}
