import type { Clock } from '../../core/clock.js';
import type { CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { citizenRoutes, type CitizenDesk } from './citizen-routes.js';
import { OfferStoreMongo } from './offer-store-mongo.js';
import { StoredOffer } from './offer/stored-offer.js';
import type { TimetableReader } from './timetable-reader.js';

/** What citizens do on the page, put together on a database. */
export function createCitizenAppointments(parts: {
  connection: MongoConnection;
  desk: CitizenDesk;
  timetable: TimetableReader;
  clock: Clock;
  /** What the account is called. */
  accountName: (accountId: string) => string;
}): CitizenRoute[] {
  return citizenRoutes({ ...parts, offer: new StoredOffer(new OfferStoreMongo(parts.connection)) });
}
