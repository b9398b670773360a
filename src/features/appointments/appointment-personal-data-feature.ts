import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { AppointmentPurgeStoreMongo } from './appointment-purge-store-mongo.js';
import { AppointmentRetention } from './appointment-retention.js';
import { OfferStoreMongo } from './offer-store-mongo.js';
import { StoredOffer } from './offer/stored-offer.js';
import { OwnAppointments } from './own-appointments.js';
import { OwnRecordStoreMongo } from './own-record-store-mongo.js';
import { SlotStoreMongo } from './slot-store-mongo.js';

export function appointmentRetention(connection: MongoConnection): RetentionKind[] {
  return [
    new AppointmentRetention({
      store: new AppointmentPurgeStoreMongo(connection),
      records: new ExpiringRecordsMongo(connection, {
        collection: 'appointments',
        expiry: 'expiresAt',
        madeAt: 'createdAt',
      }),
      slots: new SlotStoreMongo(connection),
      transactions: new TransactionRunnerMongo(connection),
    }),
  ];
}

export function ownAppointments(parts: {
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
}): OwnDataPart {
  const { connection } = parts;
  return new OwnAppointments({
    ...parts,
    records: new OwnRecordStoreMongo(connection),
    offer: new StoredOffer(new OfferStoreMongo(connection)),
  });
}
