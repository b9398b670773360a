import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { Route } from '../../http/api/route.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { OrderDesk } from '../orders/order-desk.js';
import { activityJobs } from './activity-jobs.js';
import type { ActivityNoticeBook } from './activity-notice.js';
import { publicationRoutes } from './activity-publication-routes.js';
import { activityRoutes } from './activity-routes.js';
import { activityMigration, ActivityStoreMongo } from './activity-store-mongo.js';
import { applicantRoutes } from './applicant-routes.js';
import { DrawStoreMongo } from './draw-store-mongo.js';
import { ActivityEditor } from './office/activity-editor.js';
import { ActivityPublisher } from './office/activity-publisher.js';
import { ActivitySeeder } from './office/activity-seeder.js';
import { ApplicantDesk, type TicketCodes } from './office/applicant-desk.js';
import { DrawDesk } from './office/draw-desk.js';
import { PaidFeesStoreMongo } from './paid-fees-store-mongo.js';
import {
  createRegistrationsFeature,
  registrationMigrations,
  type RegistrationsFeature,
} from './registrations-feature.js';
import { StoredActivities } from './stored-activities.js';
import type { TicketBook } from './ticket-book.js';

export const activityMigrations: readonly Migration[] = [activityMigration, ...registrationMigrations];

export interface ActivitiesFeature extends RegistrationsFeature {
  /** An `ActivityReader`, also within a transaction. */
  activities: StoredActivities;
  /** The staff API. */
  routes: readonly Route[];
  jobs: readonly TimedJob[];
  /** For the first start of the sandbox: something to register for. */
  seedDemo(): Promise<void>;
}

export function createActivitiesFeature(parts: {
  connection: MongoConnection;
  /** The accounts served here. */
  accountIds: readonly string[];
  orders: Pick<OrderDesk, 'place' | 'askClosing' | 'refundWithin' | 'find' | 'canTakeMoney'>;
  tickets: TicketBook;
  ticketCodes: TicketCodes;
  notices: ActivityNoticeBook;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
}): ActivitiesFeature {
  const { connection, accountIds, orders, ticketCodes, audit, cipher, clock } = parts;
  const store = new ActivityStoreMongo(connection);
  const feature = createRegistrationsFeature({ ...parts, activities: store });
  const { places, registrations, lottery, upkeep, office, applicants } = feature;
  const transactions = new TransactionRunnerMongo(connection);
  const shared = { activities: store, places, registrations, transactions, audit, cipher, clock };
  const activities = new StoredActivities(shared);
  const editor = new ActivityEditor({
    ...shared,
    canTakeMoney: (accountId) => orders.canTakeMoney(accountId),
    newId: () => randomBytes(9).toString('base64url'),
  });
  const fees = new PaidFeesStoreMongo(connection);
  const publisher = new ActivityPublisher({ ...shared, editor, counter: activities, fees });
  const drawDesk = new DrawDesk({ editor, lottery, registrations, draws: new DrawStoreMongo(connection) });
  const applicantDesk = new ApplicantDesk({ ...shared, editor, office, applicants, tickets: ticketCodes });
  const seeder = new ActivitySeeder(shared);
  const views = { editor, counter: activities, clock };
  return {
    ...feature,
    activities,
    routes: [
      ...activityRoutes(views),
      ...publicationRoutes({ ...views, publisher, drawDesk }),
      ...applicantRoutes({ applicants: applicantDesk, clock }),
    ],
    jobs: activityJobs({ activities: store, lottery, upkeep, reconcile: () => feature.reconcile(), clock }),
    async seedDemo() {
      for (const accountId of accountIds) await seeder.seed(accountId);
    },
  };
}
