import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { Route } from '../../http/api/route.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { ActivityReader } from '../activities/activity-reader.js';
import type { ArrivalBook } from '../activities/ticket-book.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { CheckInDesk } from './check-in-desk.js';
import type { CheckInParts, TicketHolders } from './check-in-parts.js';
import { checkInRoutes } from './check-in-routes.js';
import { checkInMigration, CheckInStoreMongo } from './check-in-store-mongo.js';
import { GateDesk } from './gate-desk.js';
import { gateMigration, GateStoreMongo } from './gate-store-mongo.js';
import { OfflineUploads } from './offline-uploads.js';
import type { TicketsFeature } from './tickets-feature.js';

export const checkInMigrations: readonly Migration[] = [gateMigration, checkInMigration];

export interface CheckInFeature {
  desk: CheckInDesk;
  gates: GateDesk;
  uploads: OfflineUploads;
  /** The staff API. */
  routes: readonly Route[];
}

/** The door; it needs the activities, which need the tickets. */
export function createCheckInFeature(parts: {
  connection: MongoConnection;
  tickets: Pick<TicketsFeature, 'store' | 'keys'>;
  activities: Pick<ActivityReader, 'find' | 'listPublic'>;
  arrivals: ArrivalBook;
  holders: TicketHolders;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}): CheckInFeature {
  const { connection, tickets, activities, arrivals, holders, audit, clock } = parts;
  const all: CheckInParts = {
    tickets: tickets.store,
    keys: tickets.keys,
    checkIns: new CheckInStoreMongo(connection),
    gates: new GateStoreMongo(connection),
    activities,
    arrivals,
    holders,
    audit,
    clock,
    transactions: new TransactionRunnerMongo(connection),
    newId: randomUUID,
  };
  const desk = new CheckInDesk(all);
  const gates = new GateDesk(all);
  const uploads = new OfflineUploads(all);
  return {
    desk,
    gates,
    uploads,
    routes: checkInRoutes({ desk, gates, uploads, checkIns: all.checkIns, activities }),
  };
}
