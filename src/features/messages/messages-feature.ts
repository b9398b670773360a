import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Route } from '../../http/api/route.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { messageRequests } from './message-requests.js';
import { messageRoutes } from './message-routes.js';
import { MessageService } from './message-service.js';
import { handledMigration, MessageStoreMongo, messageMigration } from './message-store-mongo.js';

export interface MessagesFeature {
  messageService: MessageService;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
  /** The staff API. */
  routes: readonly Route[];
}

export const messageMigrations: readonly Migration[] = [messageMigration, handledMigration];

export function createMessagesFeature(parts: {
  connection: MongoConnection;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  random: () => number;
}): MessagesFeature {
  const { connection, audit, cipher, clock, random } = parts;
  const messages = new MessageStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const messageService = new MessageService({ messages, transactions, audit, cipher, clock, random });
  return {
    messageService,
    requests: messageRequests(messageService),
    routes: messageRoutes(messageService),
  };
}
