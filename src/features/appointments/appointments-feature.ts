import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { createOwedNoticeBook } from '../owed-notices/owed-notices-feature.js';
import type { AppointmentJobsParts } from './appointment-jobs.js';
import { appointmentNoticeBook } from './appointment-notice-book.js';
import { appointmentRequests } from './appointment-requests.js';
import { appointmentMigration, AppointmentStoreMongo } from './appointment-store-mongo.js';
import { createAppointmentWorkers, type AppointmentWorkers } from './appointment-workers.js';
import { createAppointmentsMetrics } from './appointments-metrics.js';
import type { BookedOpenids } from './booked-openids.js';
import {
  bookedOpenidsMigration,
  BookedOpenidsStoreMongo,
  closedOpenidsMigration,
} from './booked-openids-store-mongo.js';
import { AppointmentDesk } from './booking/appointment-desk.js';
import { secureDraws } from './booking/booking-parts.js';
import { Persons } from './booking/persons.js';
import { calendarRoutes } from './calendar-routes.js';
import { counterRoutes } from './counter-routes.js';
import { AppointmentRecords } from './counter/appointment-records.js';
import { figuresRoutes } from './figures-routes.js';
import type { OfferReader } from './offer-reader.js';
import { offerRoutes } from './offer-routes.js';
import { offerMigration, OfferStoreMongo } from './offer-store-mongo.js';
import { CalendarService } from './offer/calendar-service.js';
import { ClosureService } from './offer/closure-service.js';
import { demoOffer } from './offer/demo-offer.js';
import { OfferSeeder } from './offer/offer-seeder.js';
import { OfferService } from './offer/offer-service.js';
import { SlotPlanner } from './offer/slot-planner.js';
import { StoredOffer } from './offer/stored-offer.js';
import { slotMigration, SlotStoreMongo } from './slot-store-mongo.js';
import { Timetable } from './timetable.js';

export const appointmentMigrations: readonly Migration[] = [
  slotMigration,
  appointmentMigration,
  offerMigration,
  bookedOpenidsMigration,
  closedOpenidsMigration,
];

export interface AppointmentsFeature {
  desk: AppointmentDesk;
  timetable: Timetable;
  offers: OfferReader;
  booked: BookedOpenids;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
  /** The staff API. */
  routes: readonly Route[];
  workers: AppointmentWorkers;
  /** What the timed jobs need of this slice. */
  upkeepParts: Omit<AppointmentJobsParts, 'reminders'>;
  /** For the first start of the sandbox: something to book. An offer that was ever touched stays as it is. */
  seedDemo(): Promise<void>;
}

export function createAppointmentsFeature(parts: {
  connection: MongoConnection;
  /** The accounts served here. */
  accountIds: readonly string[];
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}): AppointmentsFeature {
  const { connection, accountIds, audit, cipher, clock, registry, logger } = parts;
  const watcher = createAppointmentsMetrics(registry, logger);
  const transactions = new TransactionRunnerMongo(connection);
  const slots = new SlotStoreMongo(connection);
  const appointments = new AppointmentStoreMongo(connection);
  const notices = appointmentNoticeBook(createOwedNoticeBook(connection));
  const store = new OfferStoreMongo(connection);
  const offers = new StoredOffer(store);
  const planner = new SlotPlanner({ store, offer: offers, slots, transactions, watcher, clock });
  const offer = new OfferService({ store, planner, transactions, audit, clock });
  const calendar = new CalendarService({ store, watcher, clock });
  const seeder = new OfferSeeder({ store, transactions, planner, clock });
  const desk = new AppointmentDesk({
    slots,
    appointments,
    offers,
    notices,
    transactions,
    cipher,
    audit,
    clock,
    draws: secureDraws,
  });
  const upkeepParts = { accountIds, desk, slots, planner, seeder, calendar, watcher, clock };
  const workers = createAppointmentWorkers(upkeepParts);
  const closures = new ClosureService({
    store,
    planner,
    slots,
    transactions,
    audit,
    onClosed: () => workers.nudge(),
    clock,
    newId: randomUUID,
  });
  const records = new AppointmentRecords({ slots, appointments, persons: new Persons(cipher), clock });
  const readNames = (accountId: string) => offers.readNames(accountId);
  const timetable = new Timetable({ offer: offers, slots, appointments, clock });
  return {
    desk,
    timetable,
    offers,
    booked: new BookedOpenidsStoreMongo(connection),
    requests: appointmentRequests(desk, timetable, offers),
    routes: [
      ...offerRoutes(offer),
      ...calendarRoutes({ offer, calendar, closures }),
      ...counterRoutes({ records, desk, readNames }),
      ...figuresRoutes({ slots, appointments }, readNames),
    ],
    workers,
    upkeepParts,
    async seedDemo() {
      for (const accountId of accountIds) await seeder.seed(accountId, demoOffer);
    },
  };
}
