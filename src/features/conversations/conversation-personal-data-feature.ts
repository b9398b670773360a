import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import type { AnsweredReader } from './answered-reader.js';
import { ExchangeSealer } from './exchange-sealer.js';
import { outboxRetentionDays } from './outbox-store-mongo.js';
import { OwnChatStoreMongo } from './own-chat-store-mongo.js';
import { OwnChat } from './own-chat.js';

export function conversationRetention(connection: MongoConnection): RetentionKind[] {
  return [
    deletedByDatabase({
      kind: 'chat',
      title: '聊天记录',
      keeps: { rule: '“设置”里的聊天记录保存天数' },
      records: new ExpiringRecordsMongo(connection, {
        collection: 'exchanges',
        expiry: 'expiresAt',
        madeAt: 'at',
      }),
    }),
    deletedByDatabase({
      kind: 'outbox',
      title: '补发的回答',
      keeps: { days: outboxRetentionDays },
      records: new ExpiringRecordsMongo(connection, {
        collection: 'outbox',
        expiry: 'createdAt',
        keptMs: outboxRetentionDays * 86_400_000,
        madeAt: 'createdAt',
      }),
    }),
  ];
}

/** @returns the part, and the reader for features that know an answer by its time: they erase before it does. */
export function ownChat(parts: { connection: MongoConnection; cipher: FieldCipher; clock: Clock }): {
  part: OwnDataPart;
  answered: AnsweredReader;
} {
  const store = new OwnChatStoreMongo(parts.connection);
  const sealer = new ExchangeSealer(parts.cipher);
  return { part: new OwnChat({ store, sealer, clock: parts.clock, newId: randomUUID }), answered: store };
}
