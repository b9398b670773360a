import type { FieldCipher } from '../../core/field-cipher.js';
import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { dutyRetentionDays } from './duty-alerts.js';
import { OwnAlertStoreMongo } from './own-alert-store-mongo.js';
import { OwnAlerts } from './own-alerts.js';

export function dutyRetention(connection: MongoConnection): RetentionKind[] {
  const rule = { collection: 'duty_alerts', expiry: 'expiresAt', madeAt: 'at' };
  return [
    deletedByDatabase({
      kind: 'duty-alerts',
      title: '紧急求助',
      keeps: { days: dutyRetentionDays },
      records: new ExpiringRecordsMongo(connection, rule),
    }),
  ];
}

export function ownAlerts(parts: { connection: MongoConnection; cipher: FieldCipher }): OwnDataPart {
  return new OwnAlerts(new OwnAlertStoreMongo(parts.connection), parts.cipher);
}
