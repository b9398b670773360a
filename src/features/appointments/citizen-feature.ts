import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import { Persons } from './booking/persons.js';
import { citizenRoutes, type CitizenDesk } from './citizen-routes.js';
import { OfferStoreMongo } from './offer-store-mongo.js';
import { StoredOffer } from './offer/stored-offer.js';
import { OwnData } from './own-data.js';
import { OwnRecordStoreMongo } from './own-record-store-mongo.js';
import type { TimetableReader } from './timetable-reader.js';

/** What citizens do on the page, put together on a database. */
export function createCitizenAppointments(parts: {
  connection: MongoConnection;
  desk: CitizenDesk;
  timetable: TimetableReader;
  cipher: FieldCipher;
  clock: Clock;
  /** What the account is called. */
  accountName: (accountId: string) => string;
}): CitizenRoute[] {
  const { connection, cipher, clock } = parts;
  const offer = new StoredOffer(new OfferStoreMongo(connection));
  const ownData = new OwnData({
    records: new OwnRecordStoreMongo(connection),
    offer,
    persons: new Persons(cipher),
    transactions: new TransactionRunnerMongo(connection),
    clock,
  });
  return citizenRoutes({ ...parts, offer, ownData });
}
