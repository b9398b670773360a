import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByRun } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { checkInsCollection } from './check-in-store-mongo.js';
import { OwnTicketStoreMongo } from './own-ticket-store-mongo.js';
import { OwnTickets } from './own-tickets.js';
import { ticketsCollection } from './ticket-store-mongo.js';

const keeps = { rule: '和报名记录一起' };

/** Tickets, and who was let in by them. */
export function ticketRetention(connection: MongoConnection): RetentionKind[] {
  return [
    deletedByRun({
      kind: 'tickets',
      title: '活动的票',
      keeps,
      records: new ExpiringRecordsMongo(connection, {
        collection: ticketsCollection,
        expiry: 'expiresAt',
        madeAt: 'issuedAt',
      }),
    }),
    deletedByRun({
      kind: 'check-ins',
      title: '检票记录',
      keeps,
      records: new ExpiringRecordsMongo(connection, {
        collection: checkInsCollection,
        expiry: 'expiresAt',
        madeAt: 'at',
      }),
    }),
  ];
}

export function ownTickets(connection: MongoConnection): OwnDataPart {
  return new OwnTickets(new OwnTicketStoreMongo(connection));
}
