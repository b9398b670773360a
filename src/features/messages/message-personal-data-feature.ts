import type { FieldCipher } from '../../core/field-cipher.js';
import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { messageRetentionDays } from './message-forms.js';
import { OwnMessageStoreMongo } from './own-message-store-mongo.js';
import { OwnMessages } from './own-messages.js';

export function messageRetention(connection: MongoConnection): RetentionKind[] {
  const rule = { collection: 'messages', expiry: 'expiresAt', madeAt: 'at' };
  return [
    deletedByDatabase({
      kind: 'messages',
      title: '留言和纠错',
      keeps: { days: messageRetentionDays },
      records: new ExpiringRecordsMongo(connection, rule),
    }),
  ];
}

export function ownMessages(parts: { connection: MongoConnection; cipher: FieldCipher }): OwnDataPart {
  return new OwnMessages(new OwnMessageStoreMongo(parts.connection), parts.cipher);
}
