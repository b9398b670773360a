import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { DisclosureStoreMongo, disclosureMigration } from './disclosure-store-mongo.js';
import { messageRequests } from './message-requests.js';
import { MessageService } from './message-service.js';
import { MessageStoreMongo, messageMigration } from './message-store-mongo.js';

export interface MessagesFeature {
  messageService: MessageService;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
}

export const messageMigrations: readonly Migration[] = [messageMigration, disclosureMigration];

export function createMessagesFeature(parts: {
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
  random: () => number;
}): MessagesFeature {
  const { connection, cipher, clock, random } = parts;
  const messages = new MessageStoreMongo(connection);
  const disclosures = new DisclosureStoreMongo(connection);
  const messageService = new MessageService({ messages, disclosures, cipher, clock, random });
  return { messageService, requests: messageRequests(messageService) };
}
