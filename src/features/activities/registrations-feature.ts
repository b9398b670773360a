import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { OrderDesk } from '../orders/order-desk.js';
import type { OrderSubject } from '../orders/order-subject.js';
import type { ActivityNoticeBook } from './activity-notice.js';
import { drawMigration, DrawStoreMongo } from './draw-store-mongo.js';
import { ActivityLottery } from './draw/activity-lottery.js';
import type { ActivityDraws } from './draw/draw-store.js';
import { placeMigration, PlaceStoreMongo } from './place-store-mongo.js';
import type { PlaceStore } from './place-store.js';
import type { RegistrationDesk, RegistrationOffice } from './registration-desk.js';
import { registrationMigration, RegistrationStoreMongo } from './registration-store-mongo.js';
import type { PlaceDifference, RegistrationStore } from './registration-store.js';
import { ActivityRegistrations } from './registrations/activity-registrations.js';
import { Applicants } from './registrations/applicants.js';
import { secureRegistrationDraws, type ActivityFinder } from './registrations/registration-parts.js';
import type { RegistrationUpkeep } from './registrations/registration-upkeep.js';
import type { ArrivalBook, TicketBook } from './ticket-book.js';

export const registrationMigrations: readonly Migration[] = [
  placeMigration,
  registrationMigration,
  drawMigration,
];

export interface RegistrationsFeature {
  desk: RegistrationDesk;
  office: RegistrationOffice;
  arrivals: ArrivalBook;
  /** To be registered with the orders before anything is settled. */
  subject: OrderSubject;
  lottery: ActivityLottery;
  upkeep: RegistrationUpkeep;
  places: PlaceStore;
  registrations: RegistrationStore;
  applicants: Applicants;
  reconcile(accountId?: string): Promise<PlaceDifference[]>;
}

export function createRegistrationsFeature(parts: {
  connection: MongoConnection;
  activities: ActivityFinder & ActivityDraws;
  orders: Pick<OrderDesk, 'place' | 'askClosing' | 'refundWithin' | 'find' | 'canTakeMoney'>;
  tickets: TicketBook;
  notices: ActivityNoticeBook;
  audit: Pick<AuditTrail, 'append'>;
  cipher: FieldCipher;
  clock: Clock;
}): RegistrationsFeature {
  const { connection, activities, notices, audit, cipher, clock } = parts;
  const places = new PlaceStoreMongo(connection);
  const registrations = new RegistrationStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const shared = { activities, places, registrations, notices, transactions, cipher, audit, clock };
  const { orders, tickets } = parts;
  const desk = new ActivityRegistrations({ ...shared, orders, tickets, draws: secureRegistrationDraws });
  const draws = new DrawStoreMongo(connection);
  return {
    desk,
    office: desk,
    arrivals: desk,
    subject: desk.subject,
    lottery: new ActivityLottery({ ...shared, results: activities, draws, desk }),
    upkeep: desk.upkeep,
    places,
    registrations,
    applicants: new Applicants(cipher),
    reconcile: (accountId) => desk.reconcile(accountId),
  };
}
