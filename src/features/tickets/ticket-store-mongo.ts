import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Arrival, Ticket } from './ticket.js';
import type { GroupCount, TicketName, TicketStore } from './ticket-store.js';

export const ticketsCollection = 'tickets';

export const ticketMigration: Migration = {
  id: 'tickets-1-tickets',
  async up(db) {
    await db.collection(ticketsCollection).createIndexes([
      { key: { accountId: 1, ticketId: 1 }, unique: true, name: 'ticket' },
      { key: { accountId: 1, registrationId: 1 }, unique: true, name: 'registration' },
      { key: { accountId: 1, code: 1 }, unique: true, name: 'code' },
      { key: { accountId: 1, openid: 1 }, name: 'holder' },
      { key: { accountId: 1, activityId: 1, changedAt: 1 }, name: 'changed' },
      { key: { accountId: 1, activityId: 1, groupId: 1, 'revoked.at': 1, 'arrival.at': 1 }, name: 'count' },
      { key: { expiresAt: 1 }, name: 'retention' },
    ]);
  },
};

export class TicketStoreMongo implements TicketStore {
  readonly #tickets: mongo.Collection<Ticket>;

  constructor(connection: MongoConnection) {
    this.#tickets = databaseOf(connection).collection<Ticket>(ticketsCollection);
  }

  async add(tx: Transaction, ticket: Ticket): Promise<void> {
    await this.#tickets.insertOne({ ...ticket }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  find(accountId: string, ticketId: string, tx?: Transaction): Promise<Ticket | null> {
    return this.#tickets.findOne(
      { accountId, ticketId },
      { ...whole, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  findByRegistration(tx: Transaction, accountId: string, registrationId: string): Promise<Ticket | null> {
    return this.#tickets.findOne({ accountId, registrationId }, { ...whole, session: sessionOf(tx) });
  }

  findByCode(accountId: string, code: string): Promise<Ticket | null> {
    return this.#tickets.findOne({ accountId, code }, whole);
  }

  async revoke(
    tx: Transaction,
    { accountId, ticketId }: TicketName,
    revoked: { because: string; at: Date },
  ): Promise<void> {
    await this.#tickets.updateOne(
      { accountId, ticketId, revoked: { $exists: false } },
      { $set: { revoked, changedAt: revoked.at } },
      { session: sessionOf(tx) },
    );
  }

  async arrive(
    tx: Transaction,
    { accountId, ticketId }: TicketName,
    arrival: Arrival,
    changedAt: Date,
  ): Promise<void> {
    const { matchedCount } = await this.#tickets.updateOne(
      { accountId, ticketId, revoked: { $exists: false }, arrival: { $exists: false } },
      { $set: { arrival, changedAt } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`ticket ${ticketId} lets nobody in`);
  }

  async leave(tx: Transaction, { accountId, ticketId }: TicketName, changedAt: Date): Promise<void> {
    const { matchedCount } = await this.#tickets.updateOne(
      { accountId, ticketId, arrival: { $exists: true } },
      { $unset: { arrival: '' }, $set: { changedAt } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`nobody is in by ticket ${ticketId}`);
  }

  list(accountId: string, activityId: string, since?: Date): Promise<Ticket[]> {
    return this.#tickets
      .find({ accountId, activityId, ...(since && { changedAt: { $gte: since } }) }, whole)
      .toArray();
  }

  count(accountId: string, activityId: string): Promise<GroupCount[]> {
    return this.#tickets
      .aggregate<GroupCount>([
        { $match: { accountId, activityId, 'revoked.at': null } },
        {
          $group: {
            _id: '$groupId',
            expected: { $sum: 1 },
            arrived: { $sum: { $cond: [{ $gt: ['$arrival.at', null] }, 1, 0] } },
          },
        },
        { $sort: { _id: 1 } },
        { $project: { _id: 0, groupId: '$_id', expected: 1, arrived: 1 } },
      ])
      .toArray();
  }
}

const whole = { projection: { _id: 0 } } as const;
