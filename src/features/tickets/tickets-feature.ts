import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { StoredTickets } from './stored-tickets.js';
import { ticketKeyMigration, TicketKeyStoreMongo } from './ticket-key-store-mongo.js';
import { TicketKeys } from './ticket-keys.js';
import { ticketMigration, TicketStoreMongo } from './ticket-store-mongo.js';

export const ticketMigrations: readonly Migration[] = [ticketMigration, ticketKeyMigration];

export interface TicketsFeature {
  /** For registrations (a `TicketBook`) and for their citizens, who show them. */
  book: StoredTickets;
  /** For the door. */
  store: TicketStoreMongo;
  keys: TicketKeys;
}

/** Made before activities, which give the tickets out; the door (`check-in-feature.ts`) comes after them. */
export function createTicketsFeature(parts: {
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
}): TicketsFeature {
  const { connection, cipher, clock } = parts;
  const store = new TicketStoreMongo(connection);
  const keys = new TicketKeys(new TicketKeyStoreMongo(connection), cipher);
  return { book: new StoredTickets({ tickets: store, keys, clock, randomBytes }), store, keys };
}
