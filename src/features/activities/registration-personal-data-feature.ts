import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { ActivityStoreMongo } from './activity-store-mongo.js';
import { OwnRegistrationStoreMongo } from './own-registration-store-mongo.js';
import { OwnRegistrations } from './own-registrations.js';
import { PlaceStoreMongo } from './place-store-mongo.js';
import { RegistrationPurge } from './registration-purge.js';
import { registrationsCollection } from './registration-store-mongo.js';
import { Applicants } from './registrations/applicants.js';

export function registrationRetention(connection: MongoConnection): RetentionKind[] {
  return [
    new RegistrationPurge({
      store: new OwnRegistrationStoreMongo(connection),
      records: new ExpiringRecordsMongo(connection, {
        collection: registrationsCollection,
        expiry: 'expiresAt',
        madeAt: 'createdAt',
      }),
      activities: new ActivityStoreMongo(connection),
      places: new PlaceStoreMongo(connection),
      transactions: new TransactionRunnerMongo(connection),
    }),
  ];
}

export function ownRegistrations(parts: {
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
}): OwnDataPart {
  const { connection, cipher, clock } = parts;
  return new OwnRegistrations({
    store: new OwnRegistrationStoreMongo(connection),
    activities: new ActivityStoreMongo(connection),
    applicants: new Applicants(cipher),
    clock,
  });
}
